using System.Buffers.Binary;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Guests.Machines;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Holds faults of a hypervisor's virtual machines.</summary>
internal static class MachineFaults
{
    private const ulong User = 4;

    private const string Mistaken = "is over|ended|waited through|given back twice|in one generation|is not granted|NicProtocolException|were refused|lost or overtaken";
    private const string Disturbed = "registers|NicProtocolException|lost or overtaken|damaged or forged|were refused|do not come|came twice";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);
    private static readonly DeviceIndex First = new(0);
    private static readonly List<object> Kept = [];
    private static readonly ManualResetEventSlim Over = new();

    public static IEnumerable<Fault> All =>
    [
        new("a window stays open when its ownership ends", "machine-window-touches", "answered while the guest did not own") { Machine = guest => Replace(guest, FaultyBody.Oversight.EndOfOwnership) },
        new("a write of before an ownership comes in it", "machine-window-touches", "reached it later") { Machine = PlantLateWrite },
        new("other memory is where a window should be", "machine-window-touches", "did not answer the device's owner|answered while the guest did not own") { MachineStarted = (guest, _) => MapInfoAsWindow(guest) },
        new("a machine has a neighbour's memory", "machine-ring-noise", "memory was written to|in the hostile guest's memory|damaged or forged|lost or overtaken|were refused|NicProtocolException") { MachineStarted = MapMemoryOf },
        new("the device page can be written", "machine-read-only-pages", "may only read was changed|header of the device page|reserved bytes") { MachineStarted = (guest, _) => MapAnew(guest, MachineMap.DevicePageSlot, MachineMap.DevicePage, new MachineInnards(guest).DevicePage.Hypervisor) },
        new("the machine info can be written", "machine-read-only-pages", "may only read was changed") { MachineStarted = (guest, _) => MapAnew(guest, MachineMap.InfoSlot, MachineMap.Info, new MachineInnards(guest).Info.Hypervisor) },
        new("the processor's tables can be reached", "machine-forbidden-instructions", "tables of the guest's processor") { Machine = OpenTables },
        new("a stray access that is to stop the guest does not", "machine-stray-stops", "went on after an access") { ForgivesStrayAccesses = true },
        new("a stop does not reach a guest that spins", "machine-spinning-hog", "stands still|is not stopped") { Patience = Soon, Machine = guest => Replace(guest, FaultyBody.Oversight.Stop) },
        new("a machine that was stopped runs on", "machine-stopped-anywhere", "said to have ended, and goes on") { Calls = 1_000_000, KillsInWordOnly = true },
        new("a notification does not interrupt", "machine-interrupt-storm", "stands still") { Patience = Soon, Machine = guest => Replace(guest, FaultyBody.Oversight.Notification) },
        new("the end of a machine is not noticed", "machine-stray-stops", "stands still|is not stopped") { Patience = Soon, MissesDeaths = true },
        new("a machine stays open", "machine-stray-stops", "open before any guest came") { Patience = Soon, MachineRemoved = _ => KeepMachine() },
        new("the thread of a processor never ends", "machine-stray-stops", "open before any guest came") { Patience = Soon, MachineRemoved = _ => Linger() },
        new("memory of machines stays mapped", "machine-forbidden-instructions", "open before any guest came") { Patience = Soon, MachineRemoved = Kept.Add },
    ];

    /// <summary>Gets the faults that are found by attacks on threads of the judge, whose calls and accesses a machine makes.</summary>
    public static IEnumerable<Fault> ByCalls =>
    [
        new("calls of a machine count as a neighbour's: releases", "machine-foreign-releases", Mistaken) { MachineStarted = (guest, neighbour) => new MachineInnards(guest).MistakeFor(neighbour) },
        new("calls of a machine count as a neighbour's: any", "machine-random-calls", Mistaken) { MachineStarted = (guest, neighbour) => new MachineInnards(guest).MistakeFor(neighbour) },
        new("an access that is made for a machine reaches a neighbour's registers", "machine-kick-storm", Disturbed) { MachineStarted = (guest, neighbour) => new MachineInnards(guest).Mislead(First, neighbour) },
        new("a machine has a neighbour's window in the place of its own", "machine-scribbles", Disturbed) { MachineStarted = (guest, neighbour) => MapAnew(guest, MachineMap.WindowSlotOf(First), MachineMap.WindowOf(First), MachineInnards.RegistersOf(neighbour, First)) },
        new("a stop does not reach a machine that keeps the device", "machine-never-releases", "what it runs in goes on") { Patience = Soon, Machine = guest => Replace(guest, FaultyBody.Oversight.Stop) },
        new("the end of a machine is not noticed while it calls", "machine-calls-stopped-anywhere", "what it runs in goes on|never returned") { Patience = Soon, MissesDeaths = true },
        new("the thread of a processor never ends after its calls", "machine-calls-removed-anywhere", "open before any guest came") { Calls = 200, Patience = Soon, MachineRemoved = _ => Linger() },
    ];

    /// <summary>Gives back what the faults kept.</summary>
    public static void GiveBack()
    {
        Over.Set();
        Kept.OfType<IDisposable>().ToList().ForEach(kept => kept.Dispose());
        Kept.Clear();
    }

    private static Action Replace(Guest guest, FaultyBody.Oversight oversight) => new MachineInnards(guest).Replace(oversight).Repair;

    /// <summary>Writes a register when the guest is granted the device, as an access of before would that is made again.</summary>
    private static Action PlantLateWrite(Guest guest)
    {
        FaultyBody body = new MachineInnards(guest).Replace(FaultyBody.Oversight.None);
        body.OwnershipBeginning = device => MachineInnards.RegistersOf(guest, device).At<ulong>((int)NicRegister.TxRingIova) = 0x2222;
        return body.Repair;
    }

    /// <summary>Sets the bits by which CPL 3 reaches the first pages.</summary>
    private static Action OpenTables(Guest guest)
    {
        const int FirstDirectory = 0x2000;
        Span<byte> entry = new MachineInnards(guest).Tables.Hypervisor.Bytes(FirstDirectory, sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(entry, BinaryPrimitives.ReadUInt64LittleEndian(entry) | User);
        return () => { };
    }

    private static void MapAnew(Guest guest, uint slot, ulong address, Vpio.Hypervisor.Memory.Mapping memory)
    {
        try
        {
            VirtualMachine machine = new MachineInnards(guest).Machine;
            _ = machine.TryUnmap(slot);
            machine.Map(slot, address, memory);
        }
        catch (Exception failure) when (failure is ObjectDisposedException or InvalidOperationException)
        {
            // The guest is at its end already. It has more lives.
        }
    }

    private static void MapInfoAsWindow(Guest guest) =>
        MapAnew(guest, MachineMap.WindowSlotOf(First), MachineMap.WindowOf(First), new MachineInnards(guest).Info.Hypervisor);

    private static void MapMemoryOf(Guest guest, Guest neighbour) =>
        MapAnew(guest, MachineMap.MemorySlot, MachineMap.Memory, neighbour.Pages.Memory);

    private static void KeepMachine()
    {
        using Kvm kvm = Kvm.Open(null);
        Kept.Add(kvm.CreateMachine());
    }

    private static void Linger() => new Thread(Over.Wait) { IsBackground = true, Name = "vpio cpu" }.Start();
}
