using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves that nothing goes on as before when the hypervisor was started anew; the specification's "Epoch".</summary>
internal sealed class RestartedHypervisorTests
{
    private FakePort _port = null!;
    private GuestDomain _domain = null!;
    private GuestDevice _device = null!;

    [SetUp]
    public void Attach()
    {
        _port = new FakePort();
        _domain = GuestDomain.Attach(_port);
        _device = _domain.GetDevice(FakePort.Device0);
    }

    [TearDown]
    public void Dispose()
    {
        _domain.Dispose();
        _port.Dispose();
    }

    [Test]
    public void AStaleDomainGrabsAndMapsNothing()
    {
        _port.WritableDevicePage.Header.Epoch++;
        int calls = _port.Calls.Length;
        Assert.That(() => _device.TryGrab(out _), Throws.TypeOf<HypervisorRestartedException>().With.Message.Contains("0x0000000000001235"));
        Assert.That(() => _device.Grab().Dispose(), Throws.TypeOf<HypervisorRestartedException>());
        Assert.That(() => _device.GrabAsync().AsTask(), Throws.TypeOf<HypervisorRestartedException>());
        Assert.That(() => _domain.AllocateDma(4096, DmaAccess.Read), Throws.TypeOf<HypervisorRestartedException>());
        Assert.That((_port.Calls.Length, _device.Holding), Is.EqualTo((calls, HoldingState.NotHeld)));
    }

    [Test]
    public void AQueuedGrabEndsWithTheHypervisorThatKeptItsPlace()
    {
        _port.OtherOwns();
        Task<Grant> grab = _device.GrabAsync().AsTask();
        _port.WritableDevicePage.Header.Epoch++;
        _port.Raise(DeviceEvents.Reset);
        Eventually.Fails<HypervisorRestartedException>(grab);
        Assert.That(_port.Calls.Count(op => op == DeviceOp.Grab), Is.EqualTo(1));
    }
}
