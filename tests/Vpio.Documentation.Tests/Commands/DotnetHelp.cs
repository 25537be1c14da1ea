using System.Collections.Concurrent;
using System.Diagnostics;

namespace Vpio.Documentation.Tests.Commands;

/// <summary>Asks the SDK what its commands understand, each once.</summary>
internal static class DotnetHelp
{
    private static readonly ConcurrentDictionary<string, string?> Answers = new();

    /// <summary>Asks for the help of a command.</summary>
    /// <param name="command">The command, such as <c>tool install</c>.</param>
    /// <returns>What it says; <see langword="null"/> when there is no such command.</returns>
    public static string? Of(string command) => Answers.GetOrAdd(command, Ask);

    private static string? Ask(string command)
    {
        ProcessStartInfo start = new("dotnet", [.. command.Split(' '), "--help"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd() + error.Result;
        process.WaitForExit();
        return process.ExitCode == 0 ? said : null;
    }
}
