using System.Diagnostics;
using Vpio.AssembledGuests;
using Vpio.Benchmarks.Processes;
using Vpio.Benchmarks.Reporting;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks;

/// <summary>Measures how much memory of this process a guest takes that has touched none of its own, of each kind.</summary>
internal static class MemoryOfGuests
{
    private const int GuestMemoryBytes = 1 << 20;

    public static void Run(Report report)
    {
        List<string[]> rows =
        [
            Row("a guest in this process", 1024, hypervisor => hypervisor.AddGuest()),
            Row("a guest in a process of its own", 32, hypervisor =>
            {
                Guest guest = hypervisor.AddGuest(new GuestCommand("dotnet", [typeof(MemoryOfGuests).Assembly.Location, GuestSide.Name]));
                guest.Process!.Start();
                return guest;
            }),
        ];
        if (KvmSupport.WhyNot() is null)
        {
            rows.Add(Row("a guest in a virtual machine", 32, hypervisor =>
            {
                MachineProgram program = new();
                program.End(0);
                Guest guest = hypervisor.AddGuest(new GuestImage(program.ToImage()));
                guest.Machine!.Start();
                guest.Machine.Ended.Wait();
                return guest;
            }));
        }

        report.Table(["memory in the hypervisor's process", "how many", "KiB a guest"], rows);
        report.Say($"Each has {GuestMemoryBytes >> 10:N0} KiB of memory besides, which takes room as it is used, and one device. What a guest's own process takes is not counted.");
    }

    private static string[] Row(string name, int count, Func<ReferenceHypervisor, Guest> add)
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { GuestMemoryBytes = GuestMemoryBytes, ApplicationBytes = Desk.Bytes });
        SharedDevice device = hypervisor.AddDevice(new BareDevice());
        hypervisor.Assign(add(hypervisor), device); // What the first alone brings with it is not a guest's.
        long before = Resident();
        for (int i = 1; i < count; i++)
            hypervisor.Assign(add(hypervisor), device);
        return [name, $"{count:N0}", $"{(Resident() - before) / 1024.0 / (count - 1):N1}"];
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
