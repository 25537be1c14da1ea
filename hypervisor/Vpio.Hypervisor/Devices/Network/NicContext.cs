using Vpio.Abi;
using Vpio.Abi.Layout;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Is one guest's state of the NIC: its rings as the device latched them, its registers as they were saved, its parking, its counters.</summary>
internal sealed class NicContext : DeviceContext
{
    private readonly Nic _nic;
    private readonly GuestAttachment _attachment;
    private readonly NicTransmitPath _transmit;
    private readonly NicReceivePath _receive;
    private readonly bool _alwaysWantsKicks;
    private SetUp _saved;
    private ReceivePolicy _policy;
    private bool _shownAsleep;

    /// <summary>Makes a context in reset state.</summary>
    /// <param name="nic">The device.</param>
    /// <param name="attachment">What it has of the guest.</param>
    /// <param name="address">The guest's MAC address.</param>
    /// <param name="options">How much is parked, who sees it, and when it is kicked.</param>
    public NicContext(Nic nic, GuestAttachment attachment, MacAddress address, NicOptions options)
    {
        _nic = nic;
        _attachment = attachment;
        Address = address;
        _policy = options.ReceivePolicy;
        _alwaysWantsKicks = options.AlwaysWantsKicks;
        Parking = new ParkingBuffer(attachment.Guest, options);
        _transmit = new NicTransmitPath(nic, attachment, address, options.Observer);
        _receive = new NicReceivePath(attachment, Parking);
        Load();
    }

    /// <summary>Gets whose context it is.</summary>
    public DomainId Guest => _attachment.Guest;

    /// <summary>Gets the guest's MAC address.</summary>
    public MacAddress Address { get; }

    /// <summary>Gets the frames that wait for the guest.</summary>
    public ParkingBuffer Parking { get; }

    /// <summary>Gets what the NIC did for the guest.</summary>
    public NicCounters Counters => new(
        _transmit.Frames, _transmit.Bytes, _transmit.Errors, _receive.Frames, _receive.Bytes, _receive.Parked, Parking.Drops);

    [GuestWritable]
    private RegisterWindow Window => _attachment.Window;

    /// <summary>Works for the guest, which owns the device: a short batch each way.</summary>
    /// <returns>Whether there was work.</returns>
    public bool DoBatch()
    {
        NicControl control = (NicControl)Window.Read32(NicRegister.Control);
        bool changed = _transmit.Follow(control) | _receive.Follow(control);
        NicInterrupt done = _transmit.DoBatch() | _receive.DoBatch();
        if (!changed && done == NicInterrupt.None)
            return false;

        ShowAwake();
        ShowCounters();
        Interrupt(done);
        return true;
    }

    /// <summary>Tells the guest that it must kick the device after a doorbell, until the device next works for it.</summary>
    public void ShowAsleep()
    {
        _shownAsleep = true;
        Window.Write32(NicRegister.Asleep, 1);
    }

    /// <summary>Chooses what becomes of frames while the guest does not hold the device.</summary>
    /// <param name="policy">The policy.</param>
    public void SetPolicy(ReceivePolicy policy)
    {
        // ORDER full: the policy is seen before the parking is looked at, so that of this and a frame that just comes one asks. Pairs with Interlocked.MemoryBarrier in NicContext.Accept.
        Interlocked.Exchange(ref _policy, policy);
        if (!Parking.IsEmpty && !_nic.IsOwnedBy(Guest))
            policy.FramesWait(_nic, Guest);
    }

    /// <summary>Takes frames that arrived for the guest.</summary>
    /// <param name="frames">The frames; the caller's hold of each goes along.</param>
    public void Accept(ReadOnlySpan<KeptFrame> frames)
    {
        bool admitted = Volatile.Read(ref _policy).Admits(_nic, Guest);
        int accepted = Parking.Add(frames, admitted, out bool wasEmpty);
        if (accepted == 0)
            return;

        // ORDER full: the frames are in the parking before ownership is looked at. So an owner that comes after this look finds
        // them in OwnershipBegan, and one that goes after it in OwnershipEnded. Pairs with TMemory.Exchange in DeviceOwnership.Publish.
        Interlocked.MemoryBarrier();
        if (_nic.IsOwnedBy(Guest))
        {
            _nic.Wake();
            return;
        }

        _receive.CountParked(accepted);
        if (wasEmpty)
            AnnounceFrames();
    }

    /// <inheritdoc/>
    public override void OwnershipBegan()
    {
        // A device that fell asleep while nobody owned it could tell nobody: every ownership begins with a guest that kicks.
        ShowAsleep();

        // ORDER full: the guest sees that it must kick before the device looks for work. Pairs with Interlocked.MemoryBarrier in NicHalf.RingDoorbell.
        Interlocked.MemoryBarrier();
        NicControl control = (NicControl)Window.Read32(NicRegister.Control);
        if (_transmit.HasWork(control) || _receive.HasWork(control))
            _nic.Wake();
    }

    /// <inheritdoc/>
    public override void Kicked()
    {
        // Who kicks once need not kick again while the device's thread comes: it looks at the doorbells before it next says that it sleeps.
        // ORDER full: shown before it is looked whether the thread sleeps, so that none sleeps on whose guest believes it awake. Pairs with Interlocked.MemoryBarrier in DeviceEngine.FallAsleep.
        if (!_alwaysWantsKicks)
            Window.Write32(NicRegister.Asleep, 0);
    }

    /// <inheritdoc/>
    public override void OwnershipEnded()
    {
        if (!Parking.IsEmpty)
            AnnounceFrames();
    }

    /// <inheritdoc/>
    public override void Save() => _saved = new SetUp(
        Window.Read32(NicRegister.Control),
        Window.Read32(NicRegister.InterruptArm),
        Window.Read64(NicRegister.TxRingIova),
        Window.Read64(NicRegister.RxRingIova),
        Window.Read32(NicRegister.TxRingEntries),
        Window.Read32(NicRegister.RxRingEntries),
        Window.Read32(NicRegister.TxTail),
        Window.Read32(NicRegister.RxTail));

    /// <inheritdoc/>
    public override void Load()
    {
        Window.Write32(NicRegister.Control, _saved.Control);
        Window.Write32(NicRegister.InterruptArm, _saved.InterruptArm);
        Window.Write64(NicRegister.TxRingIova, _saved.TxRingIova);
        Window.Write64(NicRegister.RxRingIova, _saved.RxRingIova);
        Window.Write32(NicRegister.TxRingEntries, _saved.TxRingEntries);
        Window.Write32(NicRegister.RxRingEntries, _saved.RxRingEntries);
        Window.Write32(NicRegister.TxTail, _saved.TxTail);
        Window.Write32(NicRegister.RxTail, _saved.RxTail);
        Window.Write32(NicRegister.Identity, NicRegister.IdentityValue);
        Window.Write32(NicRegister.MaxFrameBytes, NicRegister.MaxFrameBytesValue);
        Window.Write32(NicRegister.MaxRingEntries, NicRegister.MaxRingEntriesValue);
        Window.Write64(NicRegister.MacAddress, Address.Value);
        ShowCounters();

        // Whether the device sleeps is its thread's to know: until it works for this guest, the guest kicks it.
        ShowAsleep();
    }

    /// <inheritdoc/>
    public override void Reset()
    {
        _saved = default;
        _transmit.Reset();
        _receive.Reset();
        Load();
    }

    /// <inheritdoc/>
    public override void Suspend()
    {
        Parking.Suspend(true);
        Parking.Discard();
    }

    /// <inheritdoc/>
    public override void Resume() => Parking.Suspend(false);

    /// <inheritdoc/>
    public override void Describe(ref QueryArgs query)
    {
        query.MacAddress = Address.Value;
        query.RxParked = _receive.Parked;
        query.RxDropped = Parking.Drops.Total;
    }

    /// <summary>Tells the guest, which does not own the device, that frames wait for it; not again for each of them.</summary>
    private void AnnounceFrames()
    {
        _attachment.Raise(DeviceEvents.RxPending);
        Volatile.Read(ref _policy).FramesWait(_nic, Guest);
    }

    private void ShowAwake()
    {
        if (!_shownAsleep || _alwaysWantsKicks)
            return;
        _shownAsleep = false;
        Window.Write32(NicRegister.Asleep, 0);
    }

    private void ShowCounters()
    {
        NicStatus status = _transmit.Status | _receive.Status | (_nic.IsLinkUp ? NicStatus.LinkUp : NicStatus.None);
        Window.Write32(NicRegister.Status, (uint)status);
        Window.Write64(NicRegister.TxFrames, _transmit.Frames);
        Window.Write64(NicRegister.TxBytes, _transmit.Bytes);
        Window.Write64(NicRegister.TxErrors, _transmit.Errors);
        Window.Write64(NicRegister.RxFrames, _receive.Frames);
        Window.Write64(NicRegister.RxBytes, _receive.Bytes);
        Window.Write64(NicRegister.RxDropped, Parking.Drops.Total);

        // ORDER release: counters and status are seen with the heads. Pairs with Volatile.Read in RegisterWindow.Read32.
        Window.Write32(NicRegister.TxHead, _transmit.Head);
        Window.Write32(NicRegister.RxHead, _receive.Head);
    }

    private void Interrupt(NicInterrupt done)
    {
        // ORDER full: the heads are seen before the arming is looked at. Pairs with Interlocked.MemoryBarrier in NicHalf.Arm.
        Interlocked.MemoryBarrier();
        if (((NicInterrupt)Window.Read32(NicRegister.InterruptArm) & done) == NicInterrupt.None)
            return;

        // All bits at once, in one step that cannot fail however fast a guest writes there. The event comes after: who armed
        // meanwhile is woken too, and arms again.
        Window.Exchange32(NicRegister.InterruptArm, 0);
        _attachment.Raise(DeviceEvents.Interrupt);
    }

    /// <summary>Is what the guest set up, out of its registers.</summary>
    private readonly record struct SetUp(
        uint Control, uint InterruptArm, ulong TxRingIova, ulong RxRingIova, uint TxRingEntries, uint RxRingEntries, uint TxTail, uint RxTail);
}
