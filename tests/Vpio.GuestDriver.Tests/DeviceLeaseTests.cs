using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves that a lease is worth what the state word says; the specification's "The state word" and "Reading order for guests".</summary>
internal sealed class DeviceLeaseTests
{
    private FakePort _port = null!;
    private GuestDomain _domain = null!;
    private GuestDevice _device = null!;
    private Grant _grant;

    [SetUp]
    public void Grab()
    {
        _port = new FakePort();
        _domain = GuestDomain.Attach(_port);
        _device = _domain.GetDevice(FakePort.Device0);
        _grant = _device.GrabAsync().Result;
    }

    [TearDown]
    public void Dispose()
    {
        _domain.Dispose();
        _port.Dispose();
    }

    [Test]
    public void AHeldLeaseReachesTheRegisters()
    {
        DeviceLease lease = _device.Hold(_grant);
        lease.Write32(NicRegister.TxTail, 5);
        lease.Write64(NicRegister.TxRingIova, 0x1_0000_1000);
        lease.Kick();
        Assert.That((lease.Read32(NicRegister.TxTail), lease.Read64(NicRegister.TxRingIova), _port.Kicks), Is.EqualTo((5U, 0x1_0000_1000UL, 1)));
    }

    [Test]
    public void ARevocationIsSeenAsAStopRequestWhileTheLeaseStillHolds()
    {
        DeviceLease lease = _device.Hold(_grant);
        _port.Revoke();
        Assert.That((lease.StopRequested, lease.IsHeld), Is.EqualTo((true, true)));
        lease.Write32(NicRegister.TxTail, 1);
        Assert.That(lease.Release(), Is.EqualTo(ReleaseResult.Released));
    }

    [Test]
    public void AForcedStopMakesEveryAccessThrow()
    {
        _port.Stop();
        Action[] accesses =
        [
            () => _device.Hold(_grant).Read32(0),
            () => _device.Hold(_grant).Read64(0),
            () => _device.Hold(_grant).Write32(0x100, 0),
            () => _device.Hold(_grant).Write64(0x108, 0),
            () => _device.Hold(_grant).Kick(),
        ];
        foreach (Action access in accesses)
            Assert.That(access, Throws.TypeOf<LeaseLostException>());
        Assert.That((_device.Hold(_grant).IsHeld, _device.Hold(_grant).StopRequested), Is.EqualTo((false, true)));
    }

    [Test]
    public void ALostLeaseSaysOperationDeviceAndWord()
    {
        _port.Stop();
        LeaseLostException? lost = Assert.Throws<LeaseLostException>(() => _device.Hold(_grant).Read32(NicRegister.TxHead));
        Assert.That(lost!.Message, Does.StartWith("Read32 at 0x040 on device 0: the ownership #1 is over").And.Contain($"0x{_port.State.Value:x16}"));
    }

    [Test]
    public void AnotherGenerationOfTheSameGuestIsNotTheLease()
    {
        _port.State = new StateWord(DeviceState.Owned, FakePort.Me, _grant.Generation.Next);
        Assert.That(() => _device.Hold(_grant).Read32(0), Throws.TypeOf<LeaseLostException>());
    }

    [Test]
    public void AnotherGuestInTheSameGenerationIsNotTheLease()
    {
        _port.State = new StateWord(DeviceState.Owned, FakePort.Other, _grant.Generation);
        Assert.That(() => _device.Hold(_grant).Read32(0), Throws.TypeOf<LeaseLostException>());
    }

    [TestCase(DeviceState.Free)]
    [TestCase(DeviceState.Reclaiming)]
    [TestCase(DeviceState.Offline)]
    public void AStateOtherThanOwnedOrRevokingIsNoOwnership(DeviceState state)
    {
        _port.State = _port.State.With(state);
        Assert.That(_device.Hold(_grant).IsHeld, Is.False);
    }

    [Test]
    public void ARegisterOutsideOfTheWindowIsRefused() =>
        Assert.That(() => _device.Hold(_grant).Read32(4096), Throws.TypeOf<ArgumentOutOfRangeException>());
}
