using Vpio.Abi;
using Vpio.Hostile.Grounds;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Is a fault of a hypervisor, and what the score sheet must say of it.</summary>
/// <param name="Name">What the hypervisor does wrong.</param>
/// <param name="Campaign">The attack that it is planted under.</param>
/// <param name="Effect">What must be found, as a regular expression.</param>
internal sealed record Fault(string Name, string Campaign, string Effect)
{
    public Func<IHypercallPort, IReadOnlyList<IGroundGuest>, IHypercallPort>? HostilePort { get; init; }

    public Func<IHypercallPort, IHypercallPort>? NeighbourPort { get; init; }

    public Func<IHypercallPort, IHypercallPort>? WitnessPort { get; init; }

    public Func<IWire>? MakeWire { get; init; }

    public Action<IGroundGuest>? Removed { get; init; }

    /// <summary>Gets how many calls are made at least: more where the attack must hit a moment.</summary>
    public long Calls { get; init; } = 20_000;

    /// <summary>Gets how long anything may take before the judge gives it up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets after how many guests none is admitted any more.</summary>
    public int? BreaksAfter { get; init; }

    /// <summary>Gets whether the death of a program goes unnoticed.</summary>
    public bool MissesDeaths { get; init; }

    /// <summary>Gets how programs end, whatever they do.</summary>
    public ProgramEnding? ProgramEnding { get; init; }

    /// <summary>Gets what is planted into a machine before it starts; it returns what repairs it, so that the guest can be removed.</summary>
    public Func<Guest, Action>? Machine { get; init; }

    /// <summary>Gets what is planted into a machine that runs; it is given a neighbour on its device.</summary>
    public Action<Guest, Guest>? MachineStarted { get; init; }

    /// <summary>Gets what is done when a machine was removed.</summary>
    public Action<Guest>? MachineRemoved { get; init; }

    /// <summary>Gets whether a machine goes on after stray accesses, whatever was asked for.</summary>
    public bool ForgivesStrayAccesses { get; init; }

    /// <summary>Gets whether a machine that is stopped is only said to have ended.</summary>
    public bool KillsInWordOnly { get; init; }

    public override string ToString() => Name;
}
