using Vpio.Benchmarks;

if (args.Length > 0)
{
    Console.Error.WriteLine("The benchmarks take no arguments: each prints what it compares, in one run.");
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription}; medians of interleaved rounds, [lowest-highest]\n");
StateReadBenchmark.Run();
OwnershipBenchmark.Run();
SharingBenchmark.Run(frameBytes: 64);
SharingBenchmark.Run(frameBytes: 1514);
AllocationBenchmark.Run();
IdleBenchmark.Run();
DefaultRunBenchmark.Run();
return 0;
