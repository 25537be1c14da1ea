using System.Diagnostics;
using System.Globalization;
using Vpio.AssembledGuests;
using Vpio.Benchmarks.Processes;
using Vpio.Benchmarks.Reporting;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks;

/// <summary>Measures how much memory of the hypervisor's process a guest takes that has touched none of its own, of each kind: in a process that does nothing else.</summary>
internal static class MemoryOfGuests
{
    /// <summary>The argument by which the program is started so; the name of a kind follows.</summary>
    public const string Name = "memory-side";

    private const int GuestMemoryBytes = 1 << 20;

    private static readonly (string Name, int Count, Func<ReferenceHypervisor, Guest> Add)[] Kinds =
    [
        ("a guest in this process", 1024, hypervisor => hypervisor.AddGuest()),
        ("a guest in a process of its own", 32, AddProcess),
        ("a guest in a virtual machine", 32, AddMachine),
    ];

    /// <summary>Measures each kind in a process.</summary>
    public static void Run(Report report)
    {
        bool hasMachines = KvmSupport.WhyNot() is null;
        report.Table(
            ["memory in the hypervisor's process", "how many", "KiB a guest"],
            Kinds.Where(kind => kind.Add != AddMachine || hasMachines).Select(kind => (string[])[kind.Name, $"{kind.Count:N0}", MeasureApart(kind.Name)]));
        report.Say($"Each has {GuestMemoryBytes >> 10:N0} KiB of memory besides, which takes room as it is used, and one device. What a guest's own process takes is not counted.");
    }

    /// <summary>Is such a process: prints the figure of one kind.</summary>
    /// <param name="kind">Its name.</param>
    public static int RunSide(string kind)
    {
        (_, int count, Func<ReferenceHypervisor, Guest> add) = Kinds.Single(each => each.Name == kind);
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { GuestMemoryBytes = GuestMemoryBytes, ApplicationBytes = Desk.Bytes });
        SharedDevice device = hypervisor.AddDevice(new BareDevice());
        hypervisor.Assign(add(hypervisor), device); // What the first alone brings with it is not a guest's.
        long before = Resident();
        for (int i = 1; i < count; i++)
            hypervisor.Assign(add(hypervisor), device);
        Console.WriteLine(((Resident() - before) / 1024.0 / (count - 1)).ToString("N1", CultureInfo.InvariantCulture));
        return 0;
    }

    private static string MeasureApart(string kind)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(MemoryOfGuests).Assembly.Location, Name, kind]) { RedirectStandardOutput = true })!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? said.Trim() : throw new InvalidOperationException($"The process that measures {kind} failed.");
    }

    private static Guest AddProcess(ReferenceHypervisor hypervisor)
    {
        Guest guest = hypervisor.AddGuest(new GuestCommand("dotnet", [typeof(MemoryOfGuests).Assembly.Location, GuestSide.Name]));
        guest.Process!.Start();
        return guest;
    }

    private static Guest AddMachine(ReferenceHypervisor hypervisor)
    {
        MachineProgram program = new();
        program.End(0);
        Guest guest = hypervisor.AddGuest(new GuestImage(program.ToImage()));
        guest.Machine!.Start();
        guest.Machine.Ended.Wait();
        return guest;
    }

    private static long Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using Process self = Process.GetCurrentProcess();
        return self.WorkingSet64;
    }
}
