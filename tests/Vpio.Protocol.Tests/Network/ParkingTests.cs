using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Holds what becomes of frames for a guest that does not hold the device: parked in order, bounded, and nobody else's to see.</summary>
[TestFixture]
internal sealed class ParkingTests
{
    private const int Parking = 16;
    private const int GroupQuota = 4;

    private RecordingWire _wire = null!;
    private World _world = null!;
    private RawGuest _a = null!;
    private RawGuest _b = null!;

    [SetUp]
    public void StartWorld()
    {
        _wire = new RecordingWire();
        _world = new World(guests: 2, new NicOptions { ParkingFrames = Parking, GroupQuotaFrames = GroupQuota }, _wire);
        (_a, _b) = (_world.Guests[0], _world.Guests[1]);
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void ParkedFramesComeFirstAndInOrder()
    {
        for (int i = 0; i < 5; i++)
            Bring(_a, i);
        _a.TryGrab();
        RawNic nic = new RawNic(_a).MapAll().Start();
        for (int i = 5; i < 10; i++)
            Bring(_a, i);
        Assert.That(Enumerable.Range(0, 10).Select(_ => RawNic.NumberOf(nic.Take())), Is.EqualTo(Enumerable.Range(0, 10)));
    }

    [Test]
    public void RxPendingIsRaisedWhenTheParkingTurnsNonEmptyAndOnlyThen()
    {
        Bring(_a, 0);
        Assert.That(_a.TakeEvents(), Is.EqualTo(DeviceEvents.RxPending));
        Bring(_a, 1);
        Assert.That(_a.TakeEvents(), Is.EqualTo(DeviceEvents.None));
    }

    [Test]
    public void AnOwnerThatLeavesFramesBehindIsToldOfThem()
    {
        _a.TryGrab();
        Bring(_a, 0);
        Assert.That(_a.TakeEvents(), Is.EqualTo(DeviceEvents.None), "it owns the device and set up no ring");
        _a.Release();
        Assert.That(_a.TakeEvents(), Is.EqualTo(DeviceEvents.RxPending));
    }

    [Test]
    public void OverflowDropsTheNewestAndCountsIt()
    {
        for (int i = 0; i < Parking + 3; i++)
            Bring(_a, i);
        Assert.That(_a.Query().RxDropped, Is.EqualTo(3));
        Assert.That(_a.Query().RxParked, Is.EqualTo(Parking));
        _a.TryGrab();
        RawNic nic = new RawNic(_a).MapAll().Start();
        Assert.That(Enumerable.Range(0, Parking).Select(_ => RawNic.NumberOf(nic.Take())), Is.EqualTo(Enumerable.Range(0, Parking)));
        Assert.That(nic.TryTake(), Is.Null);
    }

    [Test]
    public void AFloodOfBroadcastsLeavesRoomForTheGuestsOwnFrames()
    {
        for (int i = 0; i < 2 * Parking; i++)
            _wire.Bring(RawNic.Frame(MacAddress.Broadcast, World.AddressOf(9), i));
        for (int i = 0; i < Parking - GroupQuota; i++)
            Bring(_a, 100 + i);
        Assert.That(_a.Query().RxDropped, Is.EqualTo((2 * Parking) - GroupQuota));
        Assert.That(_a.Query().RxParked, Is.EqualTo(Parking));
    }

    [Test]
    public void NoGuestSeesAnothersFrame()
    {
        for (int i = 0; i < Parking; i++)
            Bring(i % 2 == 0 ? _a : _b, i);
        foreach (RawGuest guest in new[] { _a, _b, _a, _b })
        {
            guest.TryGrab();
            RawNic nic = new(guest);
            if (guest.Word.Generation.Value <= 2)
            {
                nic.MapAll().Start();
                for (int i = 0; i < Parking / 2; i++)
                    Assert.That(nic.Take().AsSpan(0, 6).SequenceEqual(RawNic.Frame(nic.Address, default, 0).AsSpan(0, 6)));
            }

            Assert.That(nic.TryTakeBeyond(Parking / 2), Is.Null, "a frame that is not its own");
            guest.Release();
        }
    }

    [Test]
    public void AGuestDoesNotHearItself()
    {
        _a.TryGrab();
        RawNic nic = new RawNic(_a).MapAll().Start();
        _wire.Bring(RawNic.Frame(MacAddress.Broadcast, nic.Address, 1));
        _wire.Bring(RawNic.Frame(nic.Address, nic.Address, 2));
        Bring(_a, 3);
        Assert.That(RawNic.NumberOf(nic.Take()), Is.EqualTo(3));
        Assert.That(_b.Query().RxParked, Is.EqualTo(1), "the other guest hears the broadcast");
    }

    [Test]
    public void AStoppedGuestKeepsNoFrames()
    {
        for (int i = 0; i < 3; i++)
            Bring(_a, i);
        _a.Guest.Stop();
        Bring(_a, 3);
        Assert.That(_world.Nic.GetCounters(_a.Id).RxDropped, Is.EqualTo(4));
        _a.Guest.Resume();
        Bring(_a, 4);
        _a.TryGrab();
        RawNic nic = new RawNic(_a).MapAll().Start();
        Assert.That(RawNic.NumberOf(nic.Take()), Is.EqualTo(4));
    }

    [Test]
    public void FramesThatAreNoFramesAreIgnored()
    {
        _wire.Bring(new byte[13]);
        _wire.Bring(new byte[1515]);
        Assert.That(_a.Query().RxParked, Is.Zero);
    }

    private void Bring(RawGuest to, int number) => _wire.Bring(RawNic.Frame(World.AddressOf(to.Id.Value), World.AddressOf(9), number));
}
