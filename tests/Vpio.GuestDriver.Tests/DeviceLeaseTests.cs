using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves that a lease is worth what the state word says; the specification's "The state word" and "Reading order for guests".</summary>
internal sealed class DeviceLeaseTests : FakeGuestFixture
{
    private Grant _grant;

    [SetUp]
    public void Grab() => _grant = Device.GrabAsync().Result;

    [Test]
    public void AHeldLeaseReachesTheRegisters()
    {
        DeviceLease lease = Device.Hold(_grant);
        lease.Write32(NicRegister.TxTail, 5);
        lease.Write64(NicRegister.TxRingIova, 0x1_0000_1000);
        lease.Kick();
        Assert.That((lease.Read32(NicRegister.TxTail), lease.Read64(NicRegister.TxRingIova), Port.Kicks), Is.EqualTo((5U, 0x1_0000_1000UL, 1)));
    }

    [Test]
    public void ARevocationIsSeenAsAStopRequestWhileTheLeaseStillHolds()
    {
        DeviceLease lease = Device.Hold(_grant);
        Port.Revoke();
        Assert.That((lease.StopRequested, lease.IsHeld), Is.EqualTo((true, true)));
        lease.Write32(NicRegister.TxTail, 1);
        Assert.That(lease.Release(), Is.EqualTo(ReleaseResult.Released));
    }

    [Test]
    public void AForcedStopMakesEveryAccessThrow()
    {
        Port.Stop();
        Action[] accesses =
        [
            () => Device.Hold(_grant).Read32(0),
            () => Device.Hold(_grant).Read64(0),
            () => Device.Hold(_grant).Write32(0x100, 0),
            () => Device.Hold(_grant).Write64(0x108, 0),
            () => Device.Hold(_grant).Kick(),
        ];
        foreach (Action access in accesses)
            Assert.That(access, Throws.TypeOf<LeaseLostException>());
        Assert.That((Device.Hold(_grant).IsHeld, Device.Hold(_grant).StopRequested), Is.EqualTo((false, true)));
    }

    [Test]
    public void ALostLeaseSaysOperationDeviceAndWord()
    {
        Port.Stop();
        LeaseLostException? lost = Assert.Throws<LeaseLostException>(() => Device.Hold(_grant).Read32(NicRegister.TxHead));
        Assert.That(lost!.Message, Does.StartWith("Read32 at 0x040 on device 0: the ownership #1 is over").And.Contain($"0x{Port.State.Value:x16}"));
    }

    [Test]
    public void AnotherGenerationOfTheSameGuestIsNotTheLease()
    {
        Port.State = new StateWord(DeviceState.Owned, FakePort.Me, _grant.Generation.Next);
        Assert.That(() => Device.Hold(_grant).Read32(0), Throws.TypeOf<LeaseLostException>());
    }

    [Test]
    public void AnotherGuestInTheSameGenerationIsNotTheLease()
    {
        Port.State = new StateWord(DeviceState.Owned, FakePort.Other, _grant.Generation);
        Assert.That(() => Device.Hold(_grant).Read32(0), Throws.TypeOf<LeaseLostException>());
    }

    [TestCase(DeviceState.Free)]
    [TestCase(DeviceState.Reclaiming)]
    [TestCase(DeviceState.Offline)]
    public void AStateOtherThanOwnedOrRevokingIsNoOwnership(DeviceState state)
    {
        Port.State = Port.State.With(state);
        Assert.That(Device.Hold(_grant).IsHeld, Is.False);
    }

    [Test]
    public void ARegisterOutsideOfTheWindowIsRefused() =>
        Assert.That(() => Device.Hold(_grant).Read32(4096), Throws.TypeOf<ArgumentOutOfRangeException>());
}
