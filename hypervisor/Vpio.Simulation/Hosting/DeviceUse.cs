using Vpio.Abi;
using Vpio.Simulation.Course;
using Vpio.Simulation.Load;

namespace Vpio.Simulation.Hosting;

/// <summary>Is one guest's use of one device: jobs come, the guest asks, works when it owns the device, and gives it back.</summary>
/// <remarks>It acts on the state word; events only make it look (<c>docs/abi.md</c>, "Events").</remarks>
internal sealed class DeviceUse : IActor
{
    private const int NextJob = -1;
    private const int AskAgain = -2;

    private readonly SimulatedGuest _guest;
    private readonly ILoadSource _load;
    private readonly SimulationOptions _options;
    private readonly VirtualTime _time;
    private Job _coming;
    private long _workNs;
    private long _workFromNs;
    private int _ownership;

    /// <summary>Makes a use that begins with its first job.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="device">Which device, from 0.</param>
    /// <param name="load">Its jobs.</param>
    /// <param name="options">How the world is.</param>
    /// <param name="time">The clock.</param>
    public DeviceUse(SimulatedGuest guest, int device, ILoadSource load, SimulationOptions options, VirtualTime time)
    {
        (_guest, Number, _load, _options, _time) = (guest, device, load, options, time);
        AwaitJob(afterNs: 0);
    }

    /// <summary>Gets which device, from 0: what it is, whichever slot it is plugged into.</summary>
    public int Number { get; }

    /// <summary>Gets the guest.</summary>
    public SimulatedGuest Guest => _guest;

    /// <summary>Gets the device; <see langword="null"/> while it is not plugged in.</summary>
    public SimulatedDevice? Device { get; private set; }

    /// <summary>Gets what the guest believes.</summary>
    public UseState State { get; private set; }

    /// <summary>Gets the generation of its ownership, while it believes to have one.</summary>
    public ulong Generation { get; private set; }

    /// <summary>Gets how long it worked on the device, nanoseconds. What a forced end interrupted does not count: it is done again.</summary>
    public long WorkedNs { get; private set; }

    /// <summary>Gets or sets whether it overlooks the next time that it is asked to stop.</summary>
    public bool OverlooksRevocation { get; set; }

    /// <inheritdoc/>
    public void Act(int cue)
    {
        switch (cue)
        {
            case NextJob:
                _workNs = _guest.IsHog || _coming.ServiceNs == Job.Endless ? Job.Endless : _workNs + _coming.ServiceNs;
                AwaitJob(_coming.AtNs);
                AskIfNeeded();
                break;
            case AskAgain:
                AskIfNeeded();
                break;
            default:
                if (cue == _ownership && State == UseState.Owning)
                    GiveBack();
                break;
        }
    }

    /// <summary>Notes that the device was assigned to the guest.</summary>
    /// <param name="device">The device.</param>
    public void PutTo(SimulatedDevice device) => Device = device;

    /// <summary>Begins, or begins again: guest and device are there.</summary>
    public void Start()
    {
        State = UseState.Idle;
        AskIfNeeded();
    }

    /// <summary>Ends for a while: the guest does not run, or the device is gone.</summary>
    /// <param name="isUnplugged">Whether it is the device.</param>
    public void Pause(bool isUnplugged)
    {
        State = UseState.Away;
        OverlooksRevocation = false;
        if (isUnplugged)
            Device = null;
    }

    /// <summary>Looks at the state word: the page said that something happened.</summary>
    /// <param name="events">What.</param>
    public void Look(DeviceEvents events)
    {
        if (Device is null || State is UseState.Away or UseState.Idle)
            return;
        StateWord word = _guest.WordOf(Device);
        bool isMine = word.IsHeld && word.Owner == _guest.Id;
        if (State == UseState.Waiting && isMine)
            Begin(word.Generation.Value);
        else if (State == UseState.Waiting && (events & (DeviceEvents.Removed | DeviceEvents.Reset)) != 0)
            Ask();
        else if (State == UseState.Owning && !(isMine && word.Generation.Value == Generation))
            NoticeLoss();
        if (State == UseState.Owning && word.State == DeviceState.Revoking && !OverlooksAgain())
            GiveBack();
    }

    /// <summary>Leaves the queue, to ask again later.</summary>
    /// <param name="laterNs">After how long, nanoseconds.</param>
    public void ChangeItsMind(long laterNs)
    {
        if (State != UseState.Waiting || Device is null || _guest.Cancel(Device) != DeviceStatus.Ok)
            return;
        State = UseState.Idle;
        _time.Set(_time.NowNs + laterNs, this, AskAgain);
    }

    private void AwaitJob(long afterNs)
    {
        if (_load.TryNext(afterNs, out _coming))
            _time.Set(_coming.AtNs, this, NextJob);
    }

    private void AskIfNeeded()
    {
        if (State == UseState.Idle && _workNs > 0)
            Ask();
    }

    private void Ask()
    {
        DeviceStatus status = _guest.Grab(Device!, out ulong generation);
        switch (status)
        {
            case DeviceStatus.Ok:
                Begin(generation);
                break;
            case DeviceStatus.Queued or DeviceStatus.Exists:
                State = UseState.Waiting; // EXISTS: the grant is on its way.
                break;
            case DeviceStatus.Denied or DeviceStatus.NoDevice:
                State = UseState.Away;
                break;
            default:
                throw new InvalidOperationException($"A grab was answered {status}, which a grab never is.");
        }
    }

    private void Begin(ulong generation)
    {
        (State, Generation) = (UseState.Owning, generation);
        _workFromNs = _time.NowNs + (Device!.TakeLoad(_guest.Id) ? _options.SwitchTime.Ticks * VirtualTime.TimerStepNs : 0);
        _ownership++;
        if (_workNs != Job.Endless)
            _time.Set(_workFromNs + _workNs, this, _ownership);
    }

    private void GiveBack()
    {
        long workedNs = Math.Clamp(_time.NowNs - _workFromNs, 0, _workNs);
        WorkedNs += workedNs;
        if (_workNs != Job.Endless)
            _workNs -= workedNs;
        State = UseState.Idle;
        _guest.Release(Device!, Generation);
        AskIfNeeded();
    }

    /// <summary>Notices that its ownership is over, and gives back what it has no more: the hypervisor must not mind.</summary>
    private void NoticeLoss()
    {
        State = UseState.Idle;
        _guest.Release(Device!, Generation);
        AskIfNeeded();
    }

    private bool OverlooksAgain()
    {
        bool overlooks = _guest.IsHog || OverlooksRevocation;
        OverlooksRevocation = false;
        return overlooks;
    }
}
