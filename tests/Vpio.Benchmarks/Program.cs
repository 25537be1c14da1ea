using Vpio.Benchmarks;
using Vpio.Benchmarks.Machines;
using Vpio.Benchmarks.Processes;

// The other sides of benchmarks that take two processes.
switch (args)
{
    case [GuestSide.Name]:
        return GuestSide.Run();
    case [EchoPeer.Name, .. string[] places]:
        return EchoPeer.Run(places);
    case [NamedMutexPeer.Name, string name]:
        return NamedMutexPeer.Run(name);
}

(string Name, Action Run)[] benchmarks =
[
    ("state-read", StateReadBenchmark.Run),
    ("ownership", OwnershipBenchmark.Run),
    ("scale", ScaleBenchmark.Run),
    ("slices", SliceEndBenchmark.Run),
    ("fairness", FairnessBenchmark.Run),
    ("sharing", () =>
    {
        SharingBenchmark.Run(frameBytes: 64);
        SharingBenchmark.Run(frameBytes: 1514);
    }),
    ("context-switch", ContextSwitchBenchmark.Run),
    ("group-flood", GroupFloodBenchmark.Run),
    ("processes", ProcessBenchmark.Run),
    ("kills", KillBenchmark.Run),
    ("machines", MachineBenchmark.Run),
    ("analysis", AnalyzerBenchmark.Run),
    ("allocation", AllocationBenchmark.Run),
    ("idle", IdleBenchmark.Run),
    ("default-run", DefaultRunBenchmark.Run),
];

string[] unknown = [.. args.Except(benchmarks.Select(benchmark => benchmark.Name))];
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"There is no benchmark {string.Join(", ", unknown)}; name some of {string.Join(", ", benchmarks.Select(benchmark => benchmark.Name))}, or none to run all.");
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}; medians of interleaved rounds, [lowest-highest]\n");
foreach ((string name, Action run) in benchmarks)
{
    if (args.Length == 0 || args.Contains(name))
        run();
}

return 0;
