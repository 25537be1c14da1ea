namespace Vpio.Repository.Tests;

/// <summary>Is a part of the product, with what it may know.</summary>
/// <param name="Namespace">Its namespace, with those below that are no parts themselves.</param>
/// <param name="MayKnow">The other parts that its types may use.</param>
internal sealed record Part(string Namespace, params string[] MayKnow)
{
    private const string Abi = "Vpio.Abi";
    private const string Layout = "Vpio.Abi.Layout";
    private const string Operations = "Vpio.Abi.Operations";
    private const string Contracts = "Vpio.Abi.Ownership";
    private const string NicAbi = "Vpio.Abi.Network";

    private const string ProcessAbi = "Vpio.Abi.Processes";
    private const string MachineAbi = "Vpio.Abi.Machines";
    private const string ProcessCalls = ProcessAbi + ".Linux";
    private const string GuestDriver = "Vpio.GuestDriver";

    private const string Hypervisor = "Vpio.Hypervisor";
    private const string Captures = Hypervisor + ".Captures";
    private const string Devices = Hypervisor + ".Devices";
    private const string Guests = Hypervisor + ".Guests";
    private const string Hypercalls = Hypervisor + ".Hypercalls";
    private const string Iommu = Hypervisor + ".Iommu";
    private const string Memory = Hypervisor + ".Memory";
    private const string Ownership = Hypervisor + ".Ownership";
    private const string Scheduling = Hypervisor + ".Scheduling";
    private const string Tracing = Hypervisor + ".Tracing";
    private const string Upcalls = Hypervisor + ".Upcalls";

    /// <summary>Gets all parts, from the bottom up.</summary>
    /// <remarks>
    /// Only the NIC knows the NIC: neither what decides who owns a device, nor what serves hypercalls. The ownership protocol knows the ABI alone.
    /// Guests and hypercalls know each other, for a guest's port is the door that its calls come through.
    /// </remarks>
    public static IReadOnlyList<Part> All { get; } =
    [
        new(Layout),
        new(Contracts),
        new(Abi, Layout, Contracts, Operations),
        new(Operations, Abi, Layout, Contracts),
        new(NicAbi, Abi, Layout, Contracts),
        new(ProcessAbi, Abi, Layout, Operations),
        new(ProcessCalls, Layout, ProcessAbi),
        new(MachineAbi, Abi, Layout),
        new(GuestDriver, Abi, Layout, Contracts, Operations, NicAbi),
        new(GuestDriver + ".Processes", Abi, Layout, Contracts, Operations, ProcessAbi, ProcessCalls, GuestDriver),
        new(Memory),
        new(Captures),
        new(Ownership, Abi, Layout, Contracts),
        new(Scheduling, Abi, Layout, Contracts, ProcessCalls),
        new(Tracing, Abi, Scheduling),
        new(Upcalls, Abi, Layout, Contracts, Memory, Scheduling, Guests),
        new(Iommu, Abi, Layout, Contracts, Operations, Memory, Ownership),
        new(Devices, Abi, Layout, Contracts, Operations, Memory, Ownership, Scheduling, Iommu),
        new(Devices + ".Network", Abi, Layout, Contracts, Operations, NicAbi, Scheduling, Devices, Iommu, Captures),
        new(Guests, Abi, Layout, Contracts, Operations, Memory, Ownership, Scheduling, Tracing, Upcalls, Iommu, Devices, Hypercalls, Guests + ".Processes", Guests + ".Machines", Hypervisor),
        new(Guests + ".Processes", Abi, Layout, Memory, Upcalls, Devices, Guests, Hypercalls, ProcessAbi, ProcessCalls, Hypervisor),
        new(Guests + ".Machines", Abi, Layout, Operations, Memory, Scheduling, Upcalls, Devices, Guests, Hypercalls, ProcessAbi, ProcessCalls, MachineAbi, Hypervisor),
        new(Hypercalls, Abi, Layout, Contracts, Operations, Memory, Ownership, Scheduling, Tracing, Upcalls, Iommu, Devices, Guests, Hypervisor),
        new(Hypervisor, Abi, Layout, Contracts, Operations, Memory, Ownership, Scheduling, Tracing, Upcalls, Iommu, Devices, Guests, Guests + ".Processes", Guests + ".Machines"),
        new("Vpio.Analyzers"),
        new("Vpio.Analyzers.CodeFixes", "Vpio.Analyzers"),
    ];

    /// <summary>Finds the part that a namespace is of: the one with the longest name.</summary>
    /// <returns>The part; <see langword="null"/> for what is none of these, such as the runtime's.</returns>
    public static Part? Of(string space) => All.Where(part => part.Holds(space)).MaxBy(part => part.Namespace.Length);

    /// <summary>Tells whether a type of another part may be used here.</summary>
    /// <param name="space">That type's namespace.</param>
    public bool MayUse(string space) => !space.StartsWith("Vpio.", StringComparison.Ordinal) || (Of(space) is { } other && (other == this || MayKnow.Contains(other.Namespace)));

    /// <inheritdoc/>
    public override string ToString() => Namespace;

    private bool Holds(string space) => space == Namespace || space.StartsWith(Namespace + ".", StringComparison.Ordinal);
}
