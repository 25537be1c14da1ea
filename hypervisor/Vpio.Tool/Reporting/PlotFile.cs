using Vpio.Tool.Run;

namespace Vpio.Tool.Reporting;

/// <summary>Is the file of a picture: made before the figures are, so that a place where it cannot be is told of at once.</summary>
internal sealed class PlotFile : IDisposable
{
    private readonly FileStream _file;

    private PlotFile(FileStream file, string format)
    {
        _file = file;
        Format = format;
    }

    /// <summary>Gets the picture's format, <c>svg</c> or <c>png</c>.</summary>
    internal string Format { get; }

    /// <summary>Makes the file, or empties it.</summary>
    /// <param name="path">Where; its name says the format.</param>
    /// <exception cref="UsageException">It cannot be there, or its name says no format.</exception>
    internal static PlotFile Create(string path)
    {
        string format = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".svg" => "svg",
            ".png" => "png",
            _ => throw new UsageException($"{path} is neither .svg nor .png; give --plot a file of one of these."),
        };
        try
        {
            return new PlotFile(File.Create(path), format);
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
            _file.Write(drawn);
            _file.Flush();
        }
        catch (IOException failure)
        {
            throw new UsageException($"{_file.Name} cannot be written ({failure.Message.ReplaceLineEndings(" ")}); make room or name another place with --plot.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
