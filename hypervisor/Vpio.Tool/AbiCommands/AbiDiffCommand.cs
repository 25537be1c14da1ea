using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vpio.Abi.Description;
using Vpio.Tool.Run;

namespace Vpio.Tool.AbiCommands;

/// <summary>Is <c>vpio abi diff</c>: compares two versions that <c>vpio abi --format json</c> wrote, in a form that a build can be stopped by.</summary>
internal sealed class AbiDiffCommand
{
    private readonly Argument<string> _old = new("old") { Description = "What others were built against, JSON." };
    private readonly Argument<string?> _new = new("new") { Description = "What they would meet, JSON; without it, this build.", DefaultValueFactory = _ => null };
    private readonly Option<bool> _json = new("--json") { Description = "Print the outcome as one JSON object, and nothing else." };

    /// <summary>Builds the command.</summary>
    /// <param name="output">Where the outcome goes.</param>
    internal Command Build(TextWriter output)
    {
        Command command = new("diff", "Says whether a version is compatible, source-breaking or wire-breaking, and why.") { _old, _new, _json };
        command.SetAction(line =>
        {
            AbiDescription old = Load(line.GetValue(_old)!);
            string? path = line.GetValue(_new);
            AbiComparison comparison = AbiComparison.Of(old, path is null ? AbiReader.Read() : Load(path));
            output.Write(line.GetValue(_json) ? Json(comparison) : Text(comparison));
            return CodeOf(comparison);
        });
        return command;
    }

    private static AbiDescription Load(string path)
    {
        try
        {
            return AbiJson.Read(File.ReadAllText(path));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            throw new UsageException($"{path} cannot be read. {refused.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static int CodeOf(AbiComparison comparison) => comparison.Verdict switch
    {
        AbiCompatibility.WireBreaking => ExitCode.WireBreaking,
        AbiCompatibility.SourceBreaking => ExitCode.SourceBreaking,
        _ => comparison.VersionTells ? ExitCode.Success : ExitCode.VersionSilent,
    };

    private static string Text(AbiComparison comparison)
    {
        IEnumerable<string> lines = comparison.Changes.Select(change => $"{NameOf(change.Compatibility),-16} {change.Subject}: {change.Reason}");
        string version = comparison.VersionTells ? string.Empty : ", and the version number does not tell";
        return string.Concat(lines.Append($"{NameOf(comparison.Verdict)}{version}").Select(line => line + "\n"));
    }

    private static string Json(AbiComparison comparison)
    {
        JsonObject outcome = new()
        {
            ["verdict"] = NameOf(comparison.Verdict),
            ["versionTells"] = comparison.VersionTells,
            ["changes"] = new JsonArray([.. comparison.Changes.Select(change => (JsonNode)new JsonObject
            {
                ["compatibility"] = NameOf(change.Compatibility),
                ["subject"] = change.Subject,
                ["reason"] = change.Reason,
            })]),
        };
        return outcome.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
    }

    private static string NameOf(AbiCompatibility compatibility) => compatibility switch
    {
        AbiCompatibility.WireBreaking => "wire-breaking",
        AbiCompatibility.SourceBreaking => "source-breaking",
        AbiCompatibility.Compatible => "compatible",
        _ => "same",
    };
}
