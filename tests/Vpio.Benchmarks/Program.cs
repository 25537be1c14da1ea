using Vpio.Benchmarks;
using Vpio.Benchmarks.Frames;
using Vpio.Benchmarks.Machines;
using Vpio.Benchmarks.Ownership;
using Vpio.Benchmarks.Processes;
using Vpio.Benchmarks.Reporting;
using Vpio.Benchmarks.Sharing;
using Vpio.Benchmarks.Upcalls;

// The other sides of benchmarks that take two processes, or one that does nothing else.
switch (args)
{
    case [GuestSide.Name]:
        return GuestSide.Run();
    case [EchoPeer.Name, .. string[] places]:
        return EchoPeer.Run(places);
    case [MemoryOfGuests.Name, string kind]:
        return MemoryOfGuests.RunSide(kind);
    case [NamedMutexPeer.Name, string name]:
        return NamedMutexPeer.Run(name);
}

Benchmark[] benchmarks =
[
    new("state-read", "Reading a device's state", StateReadBenchmark.Run),
    new("ownership", "An uncontended grab and release", OwnershipBenchmark.Run),
    new("hand-over", "Guests that hand a device over", HandOverBenchmark.Run),
    new("slices", "How late a slice ends", SliceEndBenchmark.Run),
    new("fairness", "How evenly guests share", FairnessBenchmark.Run),
    new("context-switch", "What a hand-over does to the NIC", ContextSwitchBenchmark.Run),
    new("group-flood", "A release while the device is busy", GroupFloodBenchmark.Run),
    new("frames", "Frames of a held NIC", FramesBenchmark.Run),
    new("sharing", "Guests that share a NIC", SharingBenchmark.Run),
    new("processes", "Guests in processes of their own", ProcessBenchmark.Run),
    new("upcalls", "Upcalls", UpcallBenchmark.Run),
    new("kills", "Guests that are killed", KillBenchmark.Run),
    new("machines", "Guests in virtual machines", MachineBenchmark.Run),
    new("scale", "Many guests and devices", ScaleBenchmark.Run),
    new("idle", "A hypervisor that has nothing to do", IdleBenchmark.Run),
    new("allocation", "Allocation", AllocationBenchmark.Run),
    new("default-run", "The default run of the tool", DefaultRunBenchmark.Run),
    new("analysis", "The ownership analysis", AnalyzerBenchmark.Run),
];

return new Measurement(benchmarks).Run(args);
