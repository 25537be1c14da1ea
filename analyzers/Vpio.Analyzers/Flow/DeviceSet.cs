using System.Collections.Immutable;

namespace Vpio.Analyzers.Flow;

/// <summary>Is the few devices that a value may stand for, compared as a set.</summary>
/// <param name="Devices">The devices.</param>
/// <param name="Alternatives">Whether it stands for one of them, rather than for all.</param>
internal sealed record DeviceSet(ImmutableHashSet<Identity> Devices, bool Alternatives)
{
    /// <summary>No device.</summary>
    public static readonly DeviceSet Empty = new(ImmutableHashSet<Identity>.Empty, Alternatives: false);

    // A path that grows by each round of a loop, and a variable that may be anything, end here.
    private const int MostDevices = 4;
    private const int DeepestPath = 4;

    /// <summary>Gets a set of one.</summary>
    public static DeviceSet Of(Identity identity) => new(ImmutableHashSet.Create(identity), Alternatives: false);

    /// <summary>Gets a set that stands for all of its devices at once, as a scope over two does.</summary>
    public static DeviceSet All(IEnumerable<Identity> identities) => new(identities.ToImmutableHashSet(), Alternatives: false);

    /// <summary>Gets the only device, or null.</summary>
    public Identity? Single => Devices.Count == 1 ? Devices.First() : null;

    /// <summary>Gets how the set concerns a device.</summary>
    public Concern ConcernOf(Identity identity) => !Devices.Contains(identity) ? Concern.No : Alternatives && Devices.Count > 1 ? Concern.Perhaps : Concern.Yes;

    /// <summary>Gets whether either stands for one of more devices than can be told apart.</summary>
    public bool IsTooMany(DeviceSet other) => Devices.Union(other.Devices) is var both && both.Count > MostDevices && !both.Any(d => d.Depth >= DeepestPath);

    /// <summary>Gets the set of what either stands for, or null when that is too much to follow.</summary>
    public DeviceSet? Join(DeviceSet other)
    {
        if (Equals(other))
            return this;
        if ((!Alternatives && Devices.Count > 1) || (!other.Alternatives && other.Devices.Count > 1))
            return null;
        ImmutableHashSet<Identity> both = Devices.Union(other.Devices);
        return both.Count > MostDevices || both.Any(d => d.Depth >= DeepestPath) ? null : new DeviceSet(both, Alternatives: true);
    }

    /// <inheritdoc/>
    public bool Equals(DeviceSet? other) => other is not null && Alternatives == other.Alternatives && Devices.SetEquals(other.Devices);

    /// <inheritdoc/>
    public override int GetHashCode() => Devices.Aggregate(Devices.Count, (h, d) => h ^ d.GetHashCode());
}

/// <summary>Says whether a value concerns the device that is followed.</summary>
internal enum Concern
{
    /// <summary>It is another.</summary>
    No,

    /// <summary>It is this one or another.</summary>
    Perhaps,

    /// <summary>It is this one.</summary>
    Yes,
}
