using System.Diagnostics;
using System.Globalization;

namespace Vpio.Benchmarks;

/// <summary>Is the SDK's compiler, kept running between compilations as it is for every build, with its processor time.</summary>
internal sealed class CompilerServer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("vpio-compile-").FullName;
    private readonly string _pipe = $"vpio-{Environment.ProcessId}";
    private readonly string _compilers;
    private readonly Process _server;

    private CompilerServer(string sdk)
    {
        _compilers = Path.Combine(sdk, "Roslyn", "bincore");
        Analyzers = [.. Directory.GetFiles(Path.Combine(sdk, "Sdks", "Microsoft.NET.Sdk", "analyzers"), "*NetAnalyzers.dll").Where(f => !f.Contains("VisualBasic", StringComparison.Ordinal))];
        _server = Start("VBCSCompiler.dll", $"-pipename:{_pipe}");
    }

    /// <summary>Gets the analyzers that every build runs.</summary>
    public IReadOnlyList<string> Analyzers { get; }

    /// <summary>Starts the compiler of the SDK that this runs with.</summary>
    /// <returns>The compiler, or null when there is none beside the runtime.</returns>
    public static CompilerServer? Start()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "sdk"));
        string? sdk = Directory.Exists(root) ? Directory.GetDirectories(root).Order(StringComparer.Ordinal).LastOrDefault(d => File.Exists(Path.Combine(d, "Roslyn", "bincore", "VBCSCompiler.dll"))) : null;
        return sdk is null ? null : new CompilerServer(sdk);
    }

    /// <summary>Compiles a library.</summary>
    /// <param name="sources">The texts.</param>
    /// <param name="references">The assemblies that it may use.</param>
    /// <param name="analyzers">The analyzers that look at it.</param>
    /// <param name="strict">A rule that is off by default and that is asked for.</param>
    /// <returns>What it took.</returns>
    public CompilationCost Compile(IReadOnlyList<string> sources, IEnumerable<string> references, IEnumerable<string> analyzers, string? strict = null)
    {
        string config = Write("rules.globalconfig", strict is null ? "is_global = true\n" : $"is_global = true\ndotnet_diagnostic.{strict}.severity = warning\n");
        string[] arguments =
        [
            "-nologo", "-nostdlib", "-target:library", "-reportanalyzer", "-nowarn:CS0626,CS0824", $"-out:\"{Path.Combine(_folder, "Synthetic.dll")}\"", $"-analyzerconfig:\"{config}\"",
            .. references.Select(r => $"-reference:\"{r}\""),
            .. analyzers.Select(a => $"-analyzer:\"{a}\""),
            .. sources.Select((s, i) => $"\"{Write($"{i}.cs", s)}\""),
        ];
        string response = Write("compile.rsp", string.Join('\n', arguments));
        TimeSpan before = ProcessorTime();
        using Process client = Start("csc.dll", "-noconfig", $"-shared:{_pipe}", $"@{response}");
        string output = client.StandardOutput.ReadToEnd();
        client.WaitForExit();
        if (client.ExitCode != 0 || output.Contains(": warning VPIO", StringComparison.Ordinal))
            throw new InvalidOperationException($"The synthetic code is not clean: {output}");
        return new CompilationCost((ProcessorTime() - before).TotalSeconds, output);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _server.Kill();
        _server.WaitForExit();
        _server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private TimeSpan ProcessorTime()
    {
        _server.Refresh();
        return _server.HasExited ? throw new InvalidOperationException("The compiler ended.") : _server.TotalProcessorTime;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private Process Start(string program, params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", ["exec", Path.Combine(_compilers, program), .. arguments]) { RedirectStandardOutput = true })!;
}

/// <summary>Is what a compilation took.</summary>
/// <param name="Seconds">The compiler's processor time, all threads.</param>
/// <param name="Report">What it says of its analyzers.</param>
internal sealed record CompilationCost(double Seconds, string Report)
{
    /// <summary>Gets the seconds that one analyzer took of it.</summary>
    /// <param name="analyzer">The name of its type.</param>
    public double Of(string analyzer) => Report.Split('\n').Where(line => line.Contains(analyzer, StringComparison.Ordinal)).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0].TrimStart('<'))
        .Select(seconds => double.Parse(seconds, CultureInfo.CurrentCulture)).First();
}
