using System.Diagnostics;

namespace Vpio.Programs;

/// <summary>Runs programs that are not ours: compilers, emulators, a model checker. Compiled into each test project that needs one.</summary>
internal static class InstalledProgram
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <summary>Ignores the test, saying why, where a program is not installed. On a build server everything is: there it fails.</summary>
    public static void Demand(string program)
    {
        bool isThere = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
        if (isThere)
            return;
        string reason = $"{program} is not installed: .ci/run names the Debian package that has it.";
        if (Environment.GetEnvironmentVariable("VPIO_PROGRAMS") == "all")
            Assert.Fail(reason);
        Assert.Ignore(reason);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it runs; where the test does, when not given.</param>
    /// <returns>Its exit code, and all that it said.</returns>
    public static (int Code, string Said) Execute(string file, string[] arguments, string folder = "")
    {
        ProcessStartInfo start = new(file, arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{file} did not end within {Limit}.");
        }

        return (process.ExitCode, output.Result + error.Result);
    }
}
