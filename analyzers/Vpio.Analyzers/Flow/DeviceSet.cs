using System.Collections.Immutable;

namespace Vpio.Analyzers.Flow;

/// <summary>Is the few devices that a value may stand for, compared as a set. Nearly always it is one.</summary>
internal sealed class DeviceSet : IEquatable<DeviceSet>
{
    /// <summary>No device.</summary>
    public static readonly DeviceSet Empty = new(null, ImmutableHashSet<Identity>.Empty, alternatives: false);

    // A path that grows by each round of a loop, and a variable that may be anything, end here.
    private const int MostDevices = 4;
    private const int DeepestPath = 4;

    private ImmutableHashSet<Identity>? _devices;

    private DeviceSet(Identity? single, ImmutableHashSet<Identity>? devices, bool alternatives)
    {
        Single = single;
        _devices = devices;
        Alternatives = alternatives;
    }

    /// <summary>Gets the only device, or null.</summary>
    public Identity? Single { get; }

    /// <summary>Gets whether it stands for one of several, rather than for all.</summary>
    public bool Alternatives { get; }

    /// <summary>Gets the devices.</summary>
    public ImmutableHashSet<Identity> Devices => _devices ??= ImmutableHashSet.Create(Single!);

    /// <summary>Gets a set of one.</summary>
    public static DeviceSet Of(Identity identity) => new(identity, null, alternatives: false);

    /// <summary>Gets a set that stands for all of its devices at once, as a scope over two does.</summary>
    public static DeviceSet All(IEnumerable<Identity> identities) => Among(identities.ToImmutableHashSet(), alternatives: false);

    /// <summary>Gets the set of what each device leads to by a step.</summary>
    public DeviceSet Map(Func<Identity, Identity> step) => Single is { } single ? Of(step(single)) : Among(Devices.Select(step).ToImmutableHashSet(), Alternatives);

    /// <summary>Gets how the set concerns a device.</summary>
    public Concern ConcernOf(Identity identity)
    {
        if (Single is not null)
            return Single.Equals(identity) ? Concern.Yes : Concern.No;
        return !Devices.Contains(identity) ? Concern.No : Alternatives ? Concern.Perhaps : Concern.Yes;
    }

    /// <summary>Gets whether some device is as asked.</summary>
    public bool Any(Func<Identity, bool> test) => Single is not null ? test(Single) : Devices.Any(test);

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
        return both.Count > MostDevices || both.Any(d => d.Depth >= DeepestPath) ? null : Among(both, alternatives: true);
    }

    private static DeviceSet Among(ImmutableHashSet<Identity> devices, bool alternatives) =>
        devices.Count == 1 ? Of(devices.First()) : new(null, devices, alternatives && devices.Count > 1);

    /// <inheritdoc/>
    public bool Equals(DeviceSet? other) => other is not null &&
        (Single is not null || other.Single is not null ? Equals(Single, other.Single) : Alternatives == other.Alternatives && Devices.SetEquals(other.Devices));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeviceSet);

    /// <inheritdoc/>
    public override int GetHashCode() => Single is not null ? Single.GetHashCode() : Devices.Aggregate(0, (h, d) => h ^ d.GetHashCode());
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
