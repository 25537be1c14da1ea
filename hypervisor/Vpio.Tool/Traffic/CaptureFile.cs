using Vpio.Hypervisor.Captures;
using Vpio.Tool.Run;

namespace Vpio.Tool.Traffic;

/// <summary>Reads the capture file that the command line names.</summary>
internal static class CaptureFile
{
    /// <summary>Reads a file to its end.</summary>
    /// <param name="path">Its path as given.</param>
    /// <returns>Its frames.</returns>
    /// <exception cref="UsageException">It cannot be opened, or is no whole capture with frames in it.</exception>
    internal static CaptureContents Read(string path)
    {
        if (Directory.Exists(path))
            throw new UsageException($"--pcap {path} is a directory; name a capture file in it.");
        try
        {
            return CaptureContents.Read(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1), path);
        }
        catch (CaptureFormatException fault)
        {
            throw new UsageException(fault.Message);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new UsageException($"--pcap {path} does not exist; check the path.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"--pcap {path} cannot be read ({OneLine(failure)}); check the path and its permissions.");
        }
    }

    private static string OneLine(Exception failure) => failure.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
