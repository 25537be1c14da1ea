using Vpio.Tool.Run;

namespace Vpio.Tool.Reporting;

/// <summary>Is the file of a picture: looked for before the figures are made, so that a place where it cannot be is told of at once, and written when they are.</summary>
internal sealed class PlotFile
{
    private readonly string _path;

    private PlotFile(string path, string format)
    {
        _path = path;
        Format = format;
    }

    /// <summary>Gets the picture's format, <c>svg</c> or <c>png</c>.</summary>
    internal string Format { get; }

    /// <summary>Looks whether the file can be written. What is there stays until <see cref="Write"/>, and where nothing is nothing is left: who gives up meanwhile loses nothing.</summary>
    /// <param name="path">Where; its name says the format.</param>
    /// <exception cref="UsageException">It cannot be there, or its name says no format.</exception>
    internal static PlotFile At(string path)
    {
        string format = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".svg" => "svg",
            ".png" => "png",
            _ => throw new UsageException($"{path} is neither .svg nor .png; give --plot a file of one of these."),
        };
        try
        {
            bool isThere = File.Exists(path);
            using (File.Open(path, FileMode.OpenOrCreate, FileAccess.Write))
            {
            }

            if (!isThere)
                File.Delete(path);
            return new PlotFile(path, format);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"{path} cannot be written: {refused.Message.ReplaceLineEndings(" ")} Name another place with --plot.");
        }
    }

    /// <summary>Writes the picture.</summary>
    /// <param name="drawn">The picture.</param>
    /// <exception cref="UsageException">There is no room for it.</exception>
    internal void Write(byte[] drawn)
    {
        try
        {
            File.WriteAllBytes(_path, drawn);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{_path} cannot be written ({failure.Message.ReplaceLineEndings(" ")}); make room or name another place with --plot.");
        }
    }
}
