using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Holds what ownership means for the NIC (rule 7): nobody but the owner reaches the device, and it reaches nobody else's memory.</summary>
[TestFixture]
internal sealed class NicOwnershipTests
{
    private RecordingWire _wire = null!;
    private World _world = null!;
    private RawGuest _a = null!;
    private RawGuest _b = null!;
    private RawNic _nicOfA = null!;
    private RawNic _nicOfB = null!;

    [SetUp]
    public void StartWorld()
    {
        _wire = new RecordingWire();
        _world = new World(guests: 2, wire: _wire);
        (_a, _b) = (_world.Guests[0], _world.Guests[1]);
        _nicOfA = new RawNic(_a).MapAll();
        _nicOfB = new RawNic(_b).MapAll();
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void TheOwnersFrameReachesTheWireByteForByte()
    {
        _a.TryGrab();
        _nicOfA.Start();
        byte[] frame = RawNic.Frame(_nicOfB.Address, _nicOfA.Address, 1, 1514);
        _nicOfA.Send(frame);
        _nicOfA.Drain();
        Assert.That(_wire.Sent, Is.EqualTo(new[] { frame }));
    }

    [Test]
    public void Rule7_ADoorbellWithoutOwnershipSendsNothing()
    {
        _a.TryGrab();
        _nicOfA.Start();
        _a.Release();
        _b.TryGrab();
        _nicOfB.Start();
        _nicOfA.Send(RawNic.Frame(_nicOfB.Address, _nicOfA.Address, 1));
        byte[] ofB = RawNic.Frame(_nicOfA.Address, _nicOfB.Address, 2);
        _nicOfB.Send(ofB);
        _nicOfB.Drain();
        Assert.That(_wire.Sent, Is.EqualTo(new[] { ofB }));
    }

    [Test]
    public void Rule7_WhatWasWrittenToADeadWindowIsGoneWhenTheContextComesBack()
    {
        _a.TryGrab();
        _nicOfA.Start();
        _a.Release();
        _b.TryGrab();
        _nicOfA.Send(RawNic.Frame(_nicOfB.Address, _nicOfA.Address, 1));
        _nicOfA.Window.Write32(NicRegister.Control, 0);
        _b.Release();
        _a.TryGrab();
        Assert.That(_nicOfA.Window.Read32(NicRegister.TxTail), Is.Zero);
        Assert.That((NicControl)_nicOfA.Window.Read32(NicRegister.Control), Is.EqualTo(NicControl.TxEnable | NicControl.RxEnable));
        Assert.That(_wire.Sent, Is.Empty);
    }

    [Test]
    public void Rule7_ReleaseWaitsForTheFrameThatIsOnItsWay()
    {
        using ManualResetEventSlim onTheWire = new();
        using ManualResetEventSlim goOn = new();
        _wire.OnTransmit = _ =>
        {
            onTheWire.Set();
            goOn.Wait();
        };
        _a.TryGrab();
        _nicOfA.Start();
        _nicOfA.Send(RawNic.Frame(_nicOfB.Address, _nicOfA.Address, 1));
        onTheWire.Wait();
        _b.Queue();
        Task release = Task.Factory.StartNew(() => _a.Release(), TaskCreationOptions.LongRunning);
        RawNic.Eventually(() => _a.Word.State == DeviceState.Reclaiming, "the release begins");
        Assert.That(_b.Owns, Is.False, "the next guest owns the device while it still works for the former");
        goOn.Set();
        Assert.That(release.Wait(TimeSpan.FromSeconds(30)));
        Assert.That(_b.Owns);
    }

    [Test]
    public void Rule7_AFormerOwnersRingsContinueWhereTheyStood()
    {
        for (int round = 0; round < 3; round++)
        {
            foreach ((RawGuest guest, RawNic nic, RawNic other) in new[] { (_a, _nicOfA, _nicOfB), (_b, _nicOfB, _nicOfA) })
            {
                guest.TryGrab();
                if (round == 0)
                    nic.Start();
                nic.Send(RawNic.Frame(other.Address, nic.Address, round));
                nic.Drain();
                guest.Release();
            }
        }

        Assert.That(_wire.Sent.Select(RawNic.NumberOf), Is.EqualTo(new[] { 0, 0, 1, 1, 2, 2 }));
    }

    [Test]
    public void AHogIsStoppedWithinItsGraceAndLosesAccessForGood()
    {
        _a.TryGrab();
        _nicOfA.Start();
        _nicOfA.Send(RawNic.Frame(_nicOfB.Address, _nicOfA.Address, 1));
        _nicOfA.Drain();
        _b.Queue();
        _world.UseUpSlice();
        _world.UseUpGrace();
        Assert.That(_b.Owns);
        _nicOfA.Send(RawNic.Frame(_nicOfB.Address, _nicOfA.Address, 2));
        _a.Port.Kick(new DeviceIndex(0));
        _nicOfB.Start();
        _nicOfB.Send(RawNic.Frame(_nicOfA.Address, _nicOfB.Address, 3));
        _nicOfB.Drain();
        _b.Release();
        Assert.That(_a.TryGrab(), Is.EqualTo(DeviceStatus.Denied));
        Assert.That(_wire.Sent.Select(RawNic.NumberOf), Is.EqualTo(new[] { 1, 3 }));
    }

    [Test]
    public void AResumedGuestStartsFromResetState()
    {
        _a.TryGrab();
        _nicOfA.Start();
        _a.Guest.Stop();
        _a.Guest.Resume();
        Assert.That(_a.TakeEvents(), Is.EqualTo(DeviceEvents.Reset));
        Assert.That(_a.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_nicOfA.Window.Read32(NicRegister.Control), Is.Zero);
        RawNic again = new RawNic(_a).Start();
        again.Send(RawNic.Frame(_nicOfB.Address, again.Address, 5));
        again.Drain();
        Assert.That(_wire.Sent.Select(RawNic.NumberOf), Is.EqualTo(new[] { 5 }));
    }

    [Test]
    public void ADoorbellReachesADeviceThatFellAsleepWhileNobodyOwnedIt()
    {
        _a.TryGrab();
        _nicOfA.Start();
        for (int round = 0; round < 30; round++)
        {
            _a.Release();
            Thread.SpinWait(500_000); // Long enough, mostly, for the device to fall asleep: then nobody can be told of it.
            _a.TryGrab();
            _nicOfA.Send(RawNic.Frame(_nicOfB.Address, _nicOfA.Address, round));
            _nicOfA.Drain();
        }

        Assert.That(_wire.Sent, Has.Length.EqualTo(30));
    }

    [Test]
    public void ARemovedDeviceLeavesNothingToTheNextInItsSlot()
    {
        _a.TryGrab();
        _b.Queue();
        _world.UseUpSlice();
        Assert.That(_b.Slot.Revocations, Is.EqualTo(1));
        RegisterWindow window = _nicOfA.Window;
        _world.Hypervisor.RemoveDevice(_world.Device);
        _a.TakeEvents();
        RecordingWire nextWire = new();
        _world.Hypervisor.AddDevice(new Vpio.Hypervisor.Devices.Network.Nic(nextWire));
        _wire.Bring(RawNic.Frame(World.AddressOf(_a.Id.Value), World.AddressOf(9), 1));
        Assert.That(_a.TakeEvents(), Is.EqualTo(DeviceEvents.None), "the former device raised an event of the next");
        Assert.That((_b.Slot.Grants, _b.Slot.Revocations, _b.Slot.Waiters), Is.EqualTo((0UL, 0UL, 0u)));
        Assert.That(_a.TryGrab(), Is.EqualTo(DeviceStatus.NoDevice), "the next device is not assigned to it");
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.That(window.Read32(NicRegister.Identity), Is.EqualTo(NicRegister.IdentityValue), "the window stays mapped for whoever has it in hand");
    }

    [TestCase(typeof(IOException))]
    [TestCase(typeof(ObjectDisposedException))]
    [TestCase(typeof(NullReferenceException))]
    public void ABrokenWireTakesTheLinkDownAndNothingElse(Type fault)
    {
        _wire.OnTransmit = _ => throw (Exception)Activator.CreateInstance(fault, "cut")!;
        _a.TryGrab();
        _nicOfA.Start();
        _nicOfA.Send(RawNic.Frame(_nicOfB.Address, _nicOfA.Address, 1));
        _nicOfA.Drain();
        Assert.That(_world.Nic.WireFailure, Is.TypeOf(fault));
        Assert.That(_world.Nic.WireFailure!.Message, Does.Contain("cut"));
        Assert.That(_nicOfA.Status.HasFlag(NicStatus.LinkUp), Is.False);
        Assert.That(_world.Nic.GetCounters(_a.Id).TxErrors, Is.EqualTo(1));
        Assert.That(_a.Release(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_b.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
    }
}
