using System.Diagnostics;

namespace Vpio.Package.Tests;

/// <summary>Runs commands as a user does who has this package cache and this home, and leaves no server behind.</summary>
/// <param name="cache">The package cache.</param>
/// <param name="home">Where the SDK keeps what it keeps for a user: templates that were installed, and whether it has said welcome.</param>
internal sealed class Dotnet(string cache, string home)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command that must succeed.</summary>
    /// <returns>What it printed.</returns>
    public string Run(string folder, string file, params string[] arguments)
    {
        (int code, string said) = Try(folder, file, arguments);
        Assert.That(code, Is.Zero, $"{file} {string.Join(' ', arguments)}\n{said}");
        return said;
    }

    /// <summary>Runs a command that may fail.</summary>
    public (int Code, string Said) Try(string folder, string file, params string[] arguments)
    {
        ProcessStartInfo start = new(file, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NUGET_PACKAGES"] = cache;
        start.Environment["DOTNET_CLI_HOME"] = home;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        // The test host's own settings are not for the programs that it starts.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.Ordinal) || name == "DOTNET_HOST_PATH").ToArray())
            start.Environment.Remove(name);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{file} {string.Join(' ', arguments)} did not end within {Limit}.");
        }

        return (process.ExitCode, output.Result + error.Result);
    }
}
