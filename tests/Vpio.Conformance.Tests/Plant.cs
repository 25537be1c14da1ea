namespace Vpio.Conformance.Tests;

/// <summary>Is a fault planted into a hypervisor, and the case that must find it.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="FoundBy">The case.</param>
internal sealed record Plant(string Name, string FoundBy)
{
    /// <summary>Gets what becomes of hypercalls; <see langword="null"/>: they are made as they are.</summary>
    public TwinCall? Call { get; init; }

    /// <summary>Gets what a load shows in place of the value.</summary>
    public Func<GuestSpace, ulong, ulong, ulong>? Read { get; init; }

    /// <summary>Gets which stores are made.</summary>
    public Func<GuestSpace, ulong, bool>? Write { get; init; }

    /// <summary>Gets whether a store into the device page seems to have had an effect.</summary>
    public bool DevicePageIsWritable { get; init; }

    /// <summary>Gets what domain 0 fails to do.</summary>
    public Omission Omits { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Names what domain 0 can fail to do.</summary>
internal enum Omission
{
    Nothing,
    Stopping,
    Removing,
    Unplugging,
    Detaching,
    StoppingWhoOverruns,
}
