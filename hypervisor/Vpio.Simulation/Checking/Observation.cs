using Vpio.Abi;

namespace Vpio.Simulation.Checking;

/// <summary>Is one thing that was seen to happen to a hypervisor, by those around it: its devices, its guests, domain 0.</summary>
/// <param name="Kind">What.</param>
/// <param name="Device">To which device, a slot number; -1 when to none.</param>
/// <param name="Guest">To which guest, a domain id; 0 when to none.</param>
/// <param name="Word">A state word, where the kind says so.</param>
/// <param name="Value">A number, as the kind says.</param>
/// <param name="Second">Another.</param>
internal readonly record struct Observation(
    ObservationKind Kind, int Device = -1, int Guest = 0, StateWord Word = default, long Value = 0, long Second = 0);
