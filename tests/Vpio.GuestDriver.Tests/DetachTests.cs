using Microsoft.Extensions.Time.Testing;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves what a driver sees of the policy that takes the device and nothing else, and of the quarantine that ends it: against the reference hypervisor, on virtual time.</summary>
internal sealed class DetachTests
{
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(5);

    private FakeTimeProvider _time = null!;
    private ReferenceHypervisor _hypervisor = null!;
    private Nic _nic = null!;
    private Nic _otherNic = null!;
    private SharedDevice _shared = null!;
    private SharedDevice _other = null!;
    private Station _a = null!;
    private Station _b = null!;

    [SetUp]
    public void Start()
    {
        _time = new FakeTimeProvider();
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { TimeProvider = _time, Slice = Slice, Grace = Grace, Policy = OverrunPolicy.Detach });
        (_nic, _otherNic) = (new Nic(new LoopbackWire()), new Nic(new LoopbackWire()));
        (_shared, _other) = (_hypervisor.AddDevice(_nic), _hypervisor.AddDevice(_otherNic));
        _other.Slice = TimeSpan.FromSeconds(1); // Its owner is left in peace.
        (_a, _b) = (AddStation(), AddStation());
    }

    [TearDown]
    public void End()
    {
        _a.Domain.Dispose();
        _b.Domain.Dispose();
        _hypervisor.Dispose();
    }

    [Test]
    public void ADetachedOwnerLosesItsLeaseAndItsRingsAndNothingElse()
    {
        Grant ignored = Eventually.Ends(_a.Device.GrabAsync().AsTask());
        DeviceLease lease = _a.Device.Hold(ignored);
        _a.Transmitter.TrySend(in lease, _a.FrameTo(_b.Address, 1));
        Assert.That(_a.Transmitter.WaitForDrain(in lease, FakePort.SafetyNet));
        _a.Transmitter.TrySend(in lease, _a.FrameTo(_b.Address, 2));
        _a.Transmitter.TrySend(in lease, _a.FrameTo(_b.Address, 3));
        Grant next = TakeByForce();

        Assert.That(() => _a.Device.Hold(ignored).Read32(0), Throws.TypeOf<LeaseLostException>());
        Assert.That(() => _a.Transmitter.Flush(_a.Device.Hold(ignored)), Throws.TypeOf<LeaseLostException>());
        Assert.That((_a.Device.Hold(ignored).Release(), _a.Transmitter.UnconfirmedFrames), Is.EqualTo((ReleaseResult.AlreadyTaken, 2)));
        Assert.That(_a.Guest.State, Is.EqualTo(GuestState.Running));
        _b.Device.Hold(next).Release();

        _a.Send(_b.Address, 4);
        Assert.That((_a.Transmitter.DiscardedFrames, _a.Transmitter.UnconfirmedFrames), Is.EqualTo((2L, 0)));
        Assert.That((_b.Receive(), _b.Receive()), Is.EqualTo((1, 4)));
    }

    [Test]
    public void AReceiverThatIsDetachedReadsWhatCameAndSetsUpItsRingAgain()
    {
        _b.Send(_a.Address, 1, 2);
        Grant ignored = Eventually.Ends(_a.Device.GrabAsync().AsTask());
        Assert.That(_a.Receiver.WaitForFrames(_a.Device.Hold(ignored), FakePort.SafetyNet));
        Eventually.Holds(() => _nic.GetCounters(_a.Guest.Id).RxFrames == 2, "both are in the ring");
        _b.Device.Hold(TakeByForce()).Release();

        _b.Send(_a.Address, 3);
        Assert.That((_a.Receive(), _a.Receive(), _a.Receive()), Is.EqualTo((1, 2, 3)));
    }

    [Test]
    public void ADetachEndsTheWaitForAnUpcallAndIsToldAsAReset()
    {
        Grant ignored = Eventually.Ends(_a.Device.GrabAsync().AsTask());
        uint resets = _a.Device.ContextResets;
        _a.Domain.Upcalls.Attend();
        _b.Device.Hold(TakeByForce()).Release();
        Eventually.Holds(() => _a.Device.ContextResets == resets + 1, "RESET arrives");
        Assert.That(_a.Device.Hold(ignored).IsHeld, Is.False);
    }

    [Test]
    public void AQuarantinedGuestIsRefusedItsGrabsAndItsWaitsEndUntilItIsResumed()
    {
        GuestDevice elsewhere = _a.Domain.GetDevice(_other.Index);
        Grant busy = Eventually.Ends(_b.Domain.GetDevice(_other.Index).GrabAsync().AsTask());
        Task<Grant> queued = elsewhere.GrabAsync().AsTask();
        for (int i = 0; i < 3; i++)
        {
            Assert.That((queued.IsCompleted, _a.Guest.State), Is.EqualTo((false, GuestState.Running)));
            Eventually.Ends(_a.Device.GrabAsync().AsTask());
            _b.Device.Hold(TakeByForce()).Release();
        }

        Assert.That(_a.Guest.State, Is.EqualTo(GuestState.Quarantined));
        Eventually.Fails<GuestStoppedException>(queued);
        Assert.That((_a.Device.TryGrab(out _), elsewhere.TryGrab(out _)), Is.EqualTo((GrabResult.Stopped, GrabResult.Stopped)));
        Assert.That(() => _a.Device.GrabAsync().AsTask(), Throws.TypeOf<GuestStoppedException>());
        Assert.That(_a.Device.Query().Grants, Is.EqualTo(3), "it may still ask");

        _a.Guest.Resume();
        _b.Domain.GetDevice(_other.Index).Hold(busy).Release();
        _a.Send(_b.Address, 7);
        Assert.That(_b.Receive(), Is.EqualTo(7));
        elsewhere.Hold(Eventually.Ends(elsewhere.GrabAsync().AsTask())).Release();
    }

    // The other guest waits until slice and grace are over, and has it then.
    private Grant TakeByForce()
    {
        Task<Grant> next = _b.Device.GrabAsync().AsTask();
        _time.Advance(Slice);
        _time.Advance(Grace);
        return Eventually.Ends(next);
    }

    private Station AddStation()
    {
        Guest guest = _hypervisor.AddGuest();
        _nic.SetMacAddress(guest.Id, SharedNic.AddressOf((byte)guest.Id.Value));
        _otherNic.SetMacAddress(guest.Id, SharedNic.AddressOf((byte)guest.Id.Value));
        _hypervisor.Assign(guest, _shared);
        _hypervisor.Assign(guest, _other);
        return new Station(guest, _shared.Index);
    }
}
