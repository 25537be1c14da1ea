using Vpio.Hypervisor.Captures;

namespace Vpio.Tool.Run;

/// <summary>Is the capture file that the run writes: opened before anything starts, closed whole however the run ends.</summary>
internal sealed class OutputCapture : IDisposable
{
    private OutputCapture(string path, Stream stream)
    {
        Path = path;
        Writer = new CaptureWriter(stream);
    }

    /// <summary>Gets the path as the command line gave it.</summary>
    internal string Path { get; }

    /// <summary>Gets what frames are written to.</summary>
    internal CaptureWriter Writer { get; }

    /// <summary>Gets why writing failed, if it did, as a sentence.</summary>
    internal string? Failure { get; private set; }

    /// <summary>Creates the file. The input was read to its end before: nothing is lost by a mistake in the input.</summary>
    /// <param name="path">Where to; a file there is replaced.</param>
    /// <param name="input">The input, which must be another file; null for the sample.</param>
    /// <returns>The open capture.</returns>
    /// <exception cref="UsageException">It is the input, or cannot be written.</exception>
    internal static OutputCapture Create(string path, string? input)
    {
        if (Directory.Exists(path))
            throw new UsageException($"--pcap-out {path} is a directory; name a file in it.");
        if (input is not null && RealPath.Of(path) == RealPath.Of(input))
            throw new UsageException($"--pcap-out {path} is the input itself; name another file.");
        if (input is not null && IsLockedBy(input, path))
            throw new UsageException($"--pcap-out {path} is the input itself under another name; name another file.");
        try
        {
            return new OutputCapture(path, new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1));
        }
        catch (DirectoryNotFoundException)
        {
            throw new UsageException($"--pcap-out {path} is in a directory that does not exist; create it first.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--pcap-out {path} cannot be written ({OneLine(failure)}); choose another file.");
        }
    }

    /// <summary>Notes that the wire could not write.</summary>
    /// <param name="failure">Why.</param>
    internal void Fail(Exception failure) =>
        Failure ??= $"writing {Path} failed ({OneLine(failure)}); make room or choose another disk, and run again.";

    /// <summary>Writes what is still in memory, and closes the file. A failure is noted, not thrown.</summary>
    public void Dispose()
    {
        try
        {
            Writer.Dispose();
        }
        catch (IOException failure)
        {
            Fail(failure);
        }
    }

    // A hard link has no path to compare. But a file that is held under one name does not open, unshared, under another.
    private static bool IsLockedBy(string input, string path)
    {
        // Pipes and devices say 0 bytes; opening one again would wait for another writer, or eat what is in it.
        if (!File.Exists(path) || new FileInfo(path).Length == 0 || new FileInfo(input).Length == 0)
            return false;
        if (!TryHold(path))
            return false;
        using var held = new FileStream(input, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1);
        return !TryHold(path);
    }

    private static bool TryHold(string path)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 1).Dispose();
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string OneLine(Exception failure) => failure.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
