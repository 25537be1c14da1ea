using Vpio.Abi.Ownership;

namespace Vpio.Benchmarks;

/// <summary>Measures what the ownership analysis adds to a compilation, beside CA2000 on the same code.</summary>
/// <remarks>
/// The compiler is the SDK's own, warm, and what counts is its processor time. A build runs the analyzers of the SDK, which have the compiler bind every body once more for
/// analyzers to look at; ours then uses what is there. So both are printed: what the rules add to such a build, and what they add where they are the only ones.
/// </remarks>
internal static class AnalyzerBenchmark
{
    private const int Lines = 100_000;
    private const int Pairs = 7;

    public static void Run()
    {
        using CompilerServer? compiler = CompilerServer.Start();
        if (compiler is null)
        {
            Console.WriteLine("The analysis is not measured: there is no SDK beside this runtime.\n");
            return;
        }

        Console.WriteLine($"Ownership analysis of {Lines:N0} lines, in the SDK's compiler");
        string[] driver = [SyntheticDriver.Device, SyntheticDriver.Write(Lines)], half = [SyntheticDriver.Device, SyntheticDriver.Write(Lines / 2)], plain = [SyntheticDriver.WriteWithoutDevices(Lines)];
        string[] ours = [Path.Combine(AppContext.BaseDirectory, "Vpio.Analyzers.dll")];
        double Whole(string[] sources, IEnumerable<string> analyzers) => compiler.Compile(sources, References, analyzers).Seconds;
        double Alone(string[] sources) => compiler.Compile(sources, References, ours).Of("OwnershipAnalyzer");
        double Peer() => compiler.Compile(driver, References, compiler.Analyzers, "CA2000").Of("DisposeObjectsBeforeLosingScope");
        for (int i = 0; i < 8; i++)
            Whole(driver, [.. compiler.Analyzers, .. ours]);

        Rounds.Compare(Pairs, () => Whole(driver, [.. compiler.Analyzers, .. ours]), () => Whole(driver, compiler.Analyzers))
            .Print("a driver, the SDK's analyzers and the rules", "a driver, the SDK's analyzers", "s of processor time", "0.00", "at most 1.05");
        Rounds.Compare(Pairs, () => Whole(driver, ours), () => Whole(driver, []))
            .Print("a driver, the rules alone", "a driver, no analyzer", "s of processor time", "0.00", "at most 1.05");
        Rounds.Compare(Pairs, () => Whole(driver, compiler.Analyzers), () => Whole(driver, []))
            .Print("a driver, the SDK's analyzers", "a driver, no analyzer", "s of processor time", "0.00", "none: it is what builds pay today");
        Rounds.Compare(Pairs, () => Whole(plain, [.. compiler.Analyzers, .. ours]), () => Whole(plain, compiler.Analyzers))
            .Print("no devices, the SDK's analyzers and the rules", "no devices, the SDK's analyzers", "s of processor time", "0.00", "1.00");
        Rounds.Compare(Pairs, () => Alone(driver), () => Alone(half))
            .Print("the rules' own time", "the rules' own time on half the code", "s", "0.00", "at most 2.3");
        Rounds.Compare(Pairs, () => Alone(driver), Peer)
            .Print("the rules' own time", "CA2000's own time", "s", "0.00", "below 1");
    }

    private static IEnumerable<string> References => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "mscorlib.dll" or "netstandard.dll")
        .Append(typeof(RequiresHeldAttribute).Assembly.Location);
}
