using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Holds what each policy does with a frame for a guest that does not hold the device.</summary>
[TestFixture]
internal sealed class ReceivePolicyTests
{
    private RecordingWire _wire = null!;
    private World _world = null!;
    private RawGuest _a = null!;
    private RawGuest _b = null!;
    private RawGuest _c = null!;

    [SetUp]
    public void StartWorld()
    {
        _wire = new RecordingWire();
        _world = new World(guests: 3, new NicOptions { ParkingFrames = 4, GroupQuotaFrames = 2 }, _wire);
        (_a, _b, _c) = (_world.Guests[0], _world.Guests[1], _world.Guests[2]);
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void UnderDropAFrameForAGuestWithoutTheDeviceIsDroppedAndCounted()
    {
        Choose(ReceivePolicy.Drop);
        Bring(1);
        Assert.That(_world.Nic.GetCounters(_a.Id).Drops, Is.EqualTo(new NicDrops { ByPolicy = 1 }));
        Assert.That(_a.TakeEvents(), Is.EqualTo(DeviceEvents.None), "nothing waits for it");
        _a.TryGrab();
        RawNic nic = new RawNic(_a).MapAll().Start();
        Bring(2);
        Assert.That(RawNic.NumberOf(nic.Take()), Is.EqualTo(2), "who holds the device hears");
        Assert.That(_a.Query().RxDropped, Is.EqualTo(1));
    }

    [Test]
    public void UnderDropWhatAnOwnerDidNotTakeInTimeStaysParked()
    {
        Choose(ReceivePolicy.Drop);
        _a.TryGrab();
        Bring(1);
        _a.Release();
        Bring(2);
        Assert.That(_a.TakeEvents(), Is.EqualTo(DeviceEvents.RxPending));
        _a.TryGrab();
        RawNic nic = new RawNic(_a).MapAll().Start();
        Assert.That(RawNic.NumberOf(nic.Take()), Is.EqualTo(1));
        Assert.That(nic.TryTake(), Is.Null);
    }

    [TestCase(false)]
    [TestCase(true)]
    public void UnderHandOverWhoHearsSomethingIsGrantedNext(bool waitsFirst)
    {
        Choose(ReceivePolicy.HandOver);
        _b.TryGrab();
        _c.Queue();
        if (waitsFirst)
            _a.Queue();
        Bring(1);
        if (!waitsFirst)
            _a.Queue();
        _world.Time.Advance(HypervisorOptions.MinDuration);
        Assert.That(_b.Word.State, Is.EqualTo(DeviceState.Revoking), "the slice is cut short");
        _b.Release();
        Assert.That(_a.Owns, "the receiver, though the other is next in turn");
        _a.Release();
        Assert.That(_c.Owns);
    }

    /// <summary>On a bare NIC, whose gate tells what it is asked.</summary>
    [Test]
    public unsafe void UnderHandOverTheDeviceIsAskedForWithEachRxPendingAndNotWithEachFrame()
    {
        ulong[] memory = GC.AllocateArray<ulong>(513, pinned: true);
        ref ulong word = ref memory[512];
        StateWord free = new(DeviceState.Free, DomainId.Invalid, new Generation(1));
        word = free.Value;
        List<DomainId> asked = [];
        int raised = 0;
        Nic nic = new(new RecordingWire(), new NicOptions { ReceivePolicy = ReceivePolicy.HandOver });
        nic.SetMacAddress(_a.Id, World.AddressOf(1));
        nic.PlugIn(new DeviceGate(new WordPointer((ulong*)Unsafe.AsPointer(ref word)), asked.Add));
        DeviceContext context = nic.CreateContext(new GuestAttachment(
            _a.Id, new RegisterWindow((nint)Unsafe.AsPointer(ref memory[0]), nic.WindowBytes), Dma: null!, _ => raised++));
        void Arrive() => nic.Receive(RawNic.Frame(World.AddressOf(1), World.AddressOf(9), 1));
        Arrive();
        Arrive();
        Assert.That((asked.Count, raised), Is.EqualTo((1, 1)), "the first frame, and not the second");
        context.OwnershipEnded();
        Assert.That((asked.Count, raised), Is.EqualTo((2, 2)), "an ownership that left frames behind");
        context.Suspend();
        context.Resume();
        Volatile.Write(ref word, new StateWord(DeviceState.Owned, _a.Id, new Generation(2)).Value);
        Arrive();
        Assert.That((asked.Count, raised), Is.EqualTo((2, 2)), "it holds the device");
        context.Suspend();
        context.Resume();
        Volatile.Write(ref word, free.Value);
        Arrive();
        Assert.That((asked.Count, raised), Is.EqualTo((3, 3)), "the parking had run empty");
        nic.Unplug();
        Assert.That(asked, Is.All.EqualTo(_a.Id));
        GC.KeepAlive(memory);
    }

    [Test]
    public void UnderParkWhoHearsSomethingAwaitsItsTurn()
    {
        _b.TryGrab();
        _c.Queue();
        _a.Queue();
        Bring(1);
        _world.Time.Advance(HypervisorOptions.MinDuration);
        Assert.That(_b.Word.State, Is.EqualTo(DeviceState.Owned));
        _b.Release();
        Assert.That(_c.Owns);
    }

    [Test]
    public void UnderHandOverWhatAnOwnerLeftBehindCallsForItAgain()
    {
        Choose(ReceivePolicy.HandOver);
        _a.TryGrab();
        Bring(1);
        _a.Release();
        AssertIsGrantedBeforeItsTurn();
    }

    [Test]
    public void AChangeToHandOverCountsForWhatIsParked()
    {
        Bring(1);
        Choose(ReceivePolicy.HandOver);
        AssertIsGrantedBeforeItsTurn();
    }

    [Test]
    public void ThePolicyOfOneGuestIsNotAnothers()
    {
        Choose(ReceivePolicy.Drop);
        _wire.Bring(RawNic.Frame(World.AddressOf(_b.Id.Value), World.AddressOf(9), 1));
        Assert.That(_b.Query().RxParked, Is.EqualTo(1));
        Choose(ReceivePolicy.Park);
        Bring(2);
        Assert.That(_a.Query().RxParked, Is.EqualTo(1));
    }

    [Test]
    public void APolicyThatIsChosenBeforeTheAssignmentHolds()
    {
        Vpio.Hypervisor.Guests.Guest late = _world.Hypervisor.AddGuest();
        _world.Nic.SetMacAddress(late.Id, World.AddressOf(late.Id.Value));
        _world.Nic.SetReceivePolicy(late.Id, ReceivePolicy.Drop);
        _world.Hypervisor.Assign(late, _world.Device);
        _wire.Bring(RawNic.Frame(World.AddressOf(late.Id.Value), World.AddressOf(9), 1));
        Assert.That(_world.Nic.GetCounters(late.Id).Drops.ByPolicy, Is.EqualTo(1));
    }

    [Test]
    public void EachDropIsCountedUnderItsOwnReason()
    {
        for (int i = 0; i < 3; i++)
            _wire.Bring(RawNic.Frame(Vpio.Abi.Network.MacAddress.Broadcast, World.AddressOf(9), i));
        for (int i = 0; i < 3; i++)
            Bring(i);
        Choose(ReceivePolicy.Drop);
        Bring(3);
        _a.Guest.Stop();
        Bring(4);
        Assert.That(_world.Nic.GetCounters(_a.Id).Drops, Is.EqualTo(new NicDrops(ParkingFull: 1, GroupQuota: 1, ByPolicy: 1, GuestStopped: 1, Discarded: 4)));
        Assert.That(_world.Nic.GetCounters(_a.Id).RxDropped, Is.EqualTo(8));
        Assert.That(_world.Nic.GetCounters(_a.Id).RxParked, Is.EqualTo(4));
    }

    private void AssertIsGrantedBeforeItsTurn()
    {
        _b.TryGrab();
        _c.Queue();
        _a.Queue();
        _b.Release();
        Assert.That(_a.Owns);
    }

    private void Choose(ReceivePolicy policy) => _world.Nic.SetReceivePolicy(_a.Id, policy);

    private void Bring(int number) => _wire.Bring(RawNic.Frame(World.AddressOf(_a.Id.Value), World.AddressOf(9), number));
}
