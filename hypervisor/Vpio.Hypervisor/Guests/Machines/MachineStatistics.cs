namespace Vpio.Hypervisor.Guests;

/// <summary>Counts why a virtual machine left the guest. Each exit is counted under one of these.</summary>
/// <param name="Calls">Hypercalls.</param>
/// <param name="Kicks">Kicks of a device.</param>
/// <param name="Sleeps">Sleeps.</param>
/// <param name="RegisterAccesses">Register accesses that were made for the guest, which owned the device.</param>
/// <param name="StrayAccesses">Accesses to what was not there for it.</param>
/// <param name="Interruptions">Exits by which the hypervisor got the processor: to interrupt the guest, or to stop it.</param>
/// <param name="Faults">Accesses that met a register window closed. Each is counted once more under what came of it.</param>
/// <param name="Interrupts">Interrupts that were injected; no exits themselves.</param>
public readonly record struct MachineStatistics(
    long Calls, long Kicks, long Sleeps, long RegisterAccesses, long StrayAccesses, long Interruptions, long Faults, long Interrupts)
{
    /// <summary>Gets how often the machine left the guest in all.</summary>
    public long Exits => Calls + Kicks + Sleeps + RegisterAccesses + StrayAccesses + Interruptions + Faults;
}
