using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Is what the JIT made of methods, in instructions: as it writes them itself, also in a released runtime.</summary>
internal static partial class CompiledMethods
{
    /// <summary>Runs the project that holds the methods, and reads what was written.</summary>
    /// <param name="methods">The names of the methods.</param>
    /// <returns>The instructions of each, by type and method, such as <c>PlainWaitSet:Add</c>, without what says only where they lie.</returns>
    public static IReadOnlyDictionary<string, string> Of(params string[] methods)
    {
        string listing = Path.GetTempFileName();
        try
        {
            Run(listing, methods);
            return Listing().Matches(File.ReadAllText(listing).ReplaceLineEndings("\n"))
                .ToDictionary(match => $"{match.Groups["type"].Value}:{match.Groups["method"].Value}", match => Instructions(match.Groups["code"].Value));
        }
        finally
        {
            File.Delete(listing);
        }
    }

    private static void Run(string listing, string[] methods)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Vpio.Seam.dll").Replace("Vpio.Protocol.Tests", "Vpio.Seam", StringComparison.Ordinal);
        ProcessStartInfo start = new("dotnet", [program]) { RedirectStandardError = true };
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_JitStdOutFile"] = listing;
        start.Environment["DOTNET_JitDisasm"] = string.Join(' ', methods);
        start.Environment["DOTNET_JitDisasmDiffable"] = "1";
        using Process process = Process.Start(start)!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {errors}");
    }

    // Labels carry a number of their method, a call of a method beside it carries their type, and how a loop is aligned depends on where the code lies.
    private static string Instructions(string code) => Calls().Replace(Label().Replace(
        string.Join('\n', code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith(';') && !line.StartsWith("align ", StringComparison.Ordinal))), ""), "call     [$1");

    [GeneratedRegex(@"^; Assembly listing for method \S*?(?<type>\w+)(`\d\[\S*\])?:(?<method>\w+)\(.*\n(?<code>(?:(?!; Assembly listing).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex Listing();

    [GeneratedRegex(@"G_M\d+_")]
    private static partial Regex Label();

    [GeneratedRegex(@"call +\[[^:\n]*?(?:WaitSet|CallGate|Activity)(?:`\d\[[^:\n]*\])?(:\w+)")]
    private static partial Regex Calls();
}
