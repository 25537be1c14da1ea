using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Gives each test a guest with its driver at a port that plays the hypervisor.</summary>
internal abstract class FakeGuestFixture
{
    protected static readonly DeviceIndex Device1 = new(1);

    protected FakePort Port { get; private set; } = null!;

    protected GuestDomain Domain { get; private set; } = null!;

    protected GuestDevice Device { get; private set; } = null!;

    [SetUp]
    public void AttachGuest()
    {
        Port = new FakePort();
        Domain = GuestDomain.Attach(DriversPort(Port));
        Device = Domain.GetDevice(FakePort.Device0);
    }

    [TearDown]
    public void DisposeGuest()
    {
        Domain.Dispose();
        Port.Dispose();
    }

    /// <summary>Has a thread wait for the next upcall of a device, from now on.</summary>
    protected static Task<bool> AwaitUpcall(GuestDevice device)
    {
        uint mark = device.UpcallMark;
        return Task.Run(() => device.WaitForUpcall(mark, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Says by which port the driver has the guest.</summary>
    protected virtual IHypercallPort DriversPort(FakePort port) => port;
}
