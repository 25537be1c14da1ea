using Vpio.Abi.Ownership;
using Vpio.Benchmarks.Reporting;

namespace Vpio.Benchmarks;

/// <summary>Measures what the ownership analysis adds to a compilation, beside CA2000 on the same code.</summary>
/// <remarks>
/// The compiler is the SDK's own, warm, and what counts is its processor time. A build runs the analyzers of the SDK, which have the compiler bind every body once more for
/// analyzers to look at; ours then uses what is there. So both are printed: what the rules add to such a build, and what they add where they are the only ones.
/// </remarks>
internal static class AnalyzerBenchmark
{
    private const int Lines = 100_000;
    private const int Rounds = 7;

    /// <summary>Compiles, and measures.</summary>
    public static void Run(Report report)
    {
        using CompilerServer? compiler = CompilerServer.Start();
        if (compiler is null)
        {
            report.Say("Not measured: there is no SDK beside this runtime.");
            return;
        }

        string[] driver = [SyntheticDriver.Device, SyntheticDriver.Write(Lines)], half = [SyntheticDriver.Device, SyntheticDriver.Write(Lines / 2)], plain = [SyntheticDriver.WriteWithoutDevices(Lines)];
        string[] ours = [Path.Combine(AppContext.BaseDirectory, "Vpio.Analyzers.dll")];
        double Whole(string[] sources, IEnumerable<string> analyzers) => compiler.Compile(sources, References, analyzers).Seconds;
        double Alone(string[] sources) => compiler.Compile(sources, References, ours).Of("OwnershipAnalyzer");
        double Peer() => compiler.Compile(driver, References, compiler.Analyzers, "CA2000").Of("DisposeObjectsBeforeLosingScope");
        for (int i = 0; i < 8; i++)
            Whole(driver, [.. compiler.Analyzers, .. ours]);

        Contest($"a driver of {Lines:N0} lines is compiled, processor time")
            .Add("with the SDK's analyzers and the rules", () => Whole(driver, [.. compiler.Analyzers, .. ours]))
            .Add("with the SDK's analyzers, as builds are today", () => Whole(driver, compiler.Analyzers), Aim.AtMost(1.05))
            .Add("with no analyzer", () => Whole(driver, []))
            .Run(report);
        Contest($"{Lines:N0} lines without a device are compiled, processor time")
            .Add("with the SDK's analyzers and the rules", () => Whole(plain, [.. compiler.Analyzers, .. ours]))
            .Add("with the SDK's analyzers", () => Whole(plain, compiler.Analyzers), Aim.AtMost(1.05))
            .Run(report);
        Contest("the time of the analyzer itself")
            .Add("the ownership rules", () => Alone(driver))
            .Add("the ownership rules on half the code", () => Alone(half), Aim.AtMost(2.3))
            .Add("CA2000", Peer, Aim.AtMost(1))
            .Run(report);
    }

    private static Contest Contest(string title) => new(title, "s", "0.00") { Rounds = Rounds };

    private static IEnumerable<string> References => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "mscorlib.dll" or "netstandard.dll")
        .Append(typeof(RequiresHeldAttribute).Assembly.Location);
}
