using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves that nothing goes on as before when the hypervisor was started anew; the specification's "Epoch".</summary>
internal sealed class RestartedHypervisorTests : FakeGuestFixture
{
    [Test]
    public void AStaleDomainGrabsAndMapsNothing()
    {
        Port.WritableDevicePage.Header.Epoch++;
        int calls = Port.Calls.Length;
        Assert.That(() => Device.TryGrab(out _), Throws.TypeOf<HypervisorRestartedException>().With.Message.Contains("0x0000000000001235"));
        Assert.That(() => Device.Grab().Dispose(), Throws.TypeOf<HypervisorRestartedException>());
        Assert.That(() => Device.GrabAsync().AsTask(), Throws.TypeOf<HypervisorRestartedException>());
        Assert.That(() => Domain.AllocateDma(4096, DmaAccess.Read), Throws.TypeOf<HypervisorRestartedException>());
        Assert.That((Port.Calls.Length, Device.Holding), Is.EqualTo((calls, HoldingState.NotHeld)));
    }

    [Test]
    public void AQueuedGrabEndsWithTheHypervisorThatKeptItsPlace()
    {
        Port.OtherOwns();
        Task<Grant> grab = Device.GrabAsync().AsTask();
        Port.WritableDevicePage.Header.Epoch++;
        Port.Raise(DeviceEvents.Reset);
        Eventually.Fails<HypervisorRestartedException>(grab);
        Assert.That(Port.Calls.Count(op => op == DeviceOp.Grab), Is.EqualTo(1));
    }
}
