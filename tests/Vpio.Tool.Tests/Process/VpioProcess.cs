using System.Diagnostics;
using System.Text.Json;

namespace Vpio.Tool.Tests.Process;

/// <summary>Runs the built command as its users do: another process, its two outputs, its exit code.</summary>
internal sealed class VpioProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    private readonly System.Diagnostics.Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private VpioProcess(string[] arguments)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsLinux() ? "env" : "dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        if (OperatingSystem.IsLinux())
        {
            // A shell's background job ignores SIGINT, and so does whatever it starts; the command must not.
            start.ArgumentList.Add("--default-signal=HUP,INT,TERM");
            start.ArgumentList.Add("dotnet");
        }

        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "vpio.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        _process = System.Diagnostics.Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    internal int Id => _process.Id;

    internal static VpioProcess Start(params string[] arguments) => new(arguments);

    internal static Outcome Run(params string[] arguments)
    {
        using VpioProcess process = Start(arguments);
        return process.Wait();
    }

    internal Outcome Wait()
    {
        if (!_process.WaitForExit(Limit))
        {
            _process.Kill();
            Assert.Fail("vpio did not end in time.");
        }

        return new Outcome(_process.ExitCode, _output.Result, _error.Result);
    }

    public void Dispose() => _process.Dispose();

    internal sealed record Outcome(int Code, string Output, string Error)
    {
        internal JsonElement Json => JsonDocument.Parse(Output).RootElement;
    }
}
