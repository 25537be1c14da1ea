using System.CommandLine;
using Vpio.Abi.Description;
using Vpio.Tool.Run;

namespace Vpio.Tool.AbiCommands;

/// <summary>Is <c>vpio abi</c>: shows the ABI of this build as tables, JSON or C headers.</summary>
internal sealed class AbiCommand
{
    private readonly Option<string> _format = new("--format") { Description = "table, markdown, json or c.", DefaultValueFactory = _ => "table" };
    private readonly Option<string?> _output = new("--output") { Description = "Where to write: a file, or for c a directory, which is made. Without it, to standard output." };

    /// <summary>Builds the command.</summary>
    /// <param name="output">Where the ABI goes when no file is named.</param>
    internal Command Build(TextWriter output)
    {
        _format.AcceptOnlyFromAmong("table", "markdown", "json", "c");
        Command command = new("abi", "Shows the ABI of this build, or compares two versions of it.") { _format, _output, new AbiDiffCommand().Build(output) };
        command.SetAction(line => Run(line.GetValue(_format)!, line.GetValue(_output), output));
        return command;
    }

    private static int Run(string format, string? path, TextWriter output)
    {
        AbiDescription abi = AbiReader.Read();
        if (format == "c")
            return WriteHeaders(abi, path ?? throw new UsageException("The C headers are several files: name their directory with --output."));
        string text = format switch
        {
            "json" => AbiJson.Write(abi),
            "markdown" => AbiTables.Markdown(abi),
            _ => AbiTables.Text(abi),
        };
        if (path is null)
            output.Write(text);
        else
            WriteTo(path, () => File.WriteAllText(path, text));
        return ExitCode.Success;
    }

    private static int WriteHeaders(AbiDescription abi, string directory)
    {
        WriteTo(directory, () =>
        {
            Directory.CreateDirectory(directory);
            foreach ((string name, string text) in CHeaders.Write(abi))
                File.WriteAllText(Path.Combine(directory, name), text);
        });
        return ExitCode.Success;
    }

    private static void WriteTo(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{path} cannot be written: {refused.Message.ReplaceLineEndings(" ")} Name another place with --output.");
        }
    }
}
