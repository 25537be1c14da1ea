using System.Runtime.CompilerServices;
using Vpio.Abi;

namespace Vpio.Simulation.Checking;

/// <summary>Holds what is observed to the ten rules and to the bound on waiting.</summary>
/// <remarks>
/// It knows nothing but the observations, so a forged history is as good as a real one, and the hypervisor's own books are checked
/// rather than believed. A step ends with <see cref="EndStep"/>: what must be so between steps is looked at there. The first
/// violation stays; afterwards nothing is looked at any more.
/// </remarks>
/// <param name="noteWait">Is told of each wait that ended with a grant: the domain, how long it waited, how long it could have; both nanoseconds.</param>
internal sealed partial class InvariantChecker(Action<int, long, long>? noteWait = null) : IWitness
{
    private readonly DeviceRecord?[] _devices = new DeviceRecord?[DevicePage.SlotCount];
    private readonly List<DeviceRecord> _known = [];
    private readonly HashSet<int> _gone = [];
    private readonly HashSet<DeviceRecord> _touched = [];
    private readonly List<GuestRecord> _expecting = [];
    private long _nowNs;

    /// <summary>Gets how many steps have ended.</summary>
    public long Steps { get; private set; }

    /// <summary>Gets the first invariant that did not hold; <see langword="null"/> while all do.</summary>
    public Violation? Violation { get; private set; }

    /// <inheritdoc/>
    public void See(long nowNs, in Observation seen)
    {
        if (Violation is not null)
            return;
        _nowNs = nowNs;
        if (seen.Device < 0)
        {
            SeeGuest(seen);
            return;
        }

        DeviceRecord device = RecordOf(seen.Device);
        _touched.Add(device);
        GuestRecord guest = device.Of(seen.Guest);
        if (!SeeDevice(device, seen) && !SeeCall(device, guest, seen) && !SeeOwnership(device, guest, seen))
            throw new ArgumentOutOfRangeException(nameof(seen), seen.Kind, "No device observes this.");
    }

    /// <summary>Ends a step: what may not stay so from one step to the next is looked at.</summary>
    /// <param name="nowNs">When the step was.</param>
    public void EndStep(long nowNs)
    {
        if (Violation is not null)
            return;
        _nowNs = nowNs;
        foreach (DeviceRecord device in _touched)
            device.WaitedBefore = device.Waiting;
        _touched.Clear();
        LookForUnmetExpectations();
        foreach (DeviceRecord device in _known)
            LookForWhatIsOverdue(device);
        Steps++;
    }

    private DeviceRecord RecordOf(int number)
    {
        if (_devices[number] is { } known)
            return known;
        DeviceRecord device = new();
        _known.Add(device);
        return _devices[number] = device;
    }

    private void LookForUnmetExpectations()
    {
        foreach (GuestRecord guest in _expecting)
            Require(guest.Expects == DeviceEvents.None, Invariant.NoLostUpcall, $"a guest's page never said {guest.Expects}");
        _expecting.Clear();
    }

    private void LookForWhatIsOverdue(DeviceRecord device)
    {
        CheckInTime(device);
        if (device.Oldest is { } oldest)
            CheckWait(device, oldest);
    }

    /// <summary>Also looked at when the change comes: a late one must not pass for one in time because nothing happened in between.</summary>
    private void CheckInTime(DeviceRecord device)
    {
        if (device.MustChangeByNs >= _nowNs)
            return;
        long lateNs = _nowNs - device.MustChangeByNs;
        Break(Invariant.BoundedHandOver, device.IsRevoked
            ? $"guest {device.Owner} was asked to stop, and held the device {lateNs} ns beyond its grace"
            : $"guest {device.Owner} was not asked to stop until {lateNs} ns after its slice, though {device.Waiting} wait");
    }

    private void CheckWait(DeviceRecord device, GuestRecord guest)
    {
        long waitedNs = _nowNs - guest.AskedAtNs;
        long boundNs = device.BoundOf(guest);
        Require(waitedNs <= boundNs, Invariant.WaitBound, $"a guest has waited {waitedNs} ns, and at most {boundNs} ns are allowed");
    }

    private void Require(bool holds, Invariant invariant, [InterpolatedStringHandlerArgument("holds")] ref Complaint what)
    {
        if (!holds)
            Break(invariant, what.ToString());
    }

    private void Break(Invariant invariant, string what) => Violation ??= new Violation(invariant, Steps + 1, _nowNs, what);
}
