using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Memory;
using Vpio.Hypervisor.Ownership;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor;

/// <summary>Is what all devices of a hypervisor share.</summary>
internal sealed record HypervisorParts(
    HypervisorOptions Options, Clock Clock, DeadlineQueue Deadlines, IReaper Reaper, Mapping DevicePage, GuestMarks<HardwareMemory> Marks, ForcedStop ForcedStop);
