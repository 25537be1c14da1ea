using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves that the steady state allocates nothing: no garbage for a frame, a grab or a release.</summary>
internal sealed class AllocationTests
{
    private FakePort _port = null!;
    private GuestDomain _domain = null!;
    private GuestDevice _device = null!;

    [SetUp]
    public void Attach()
    {
        _port = new FakePort { IsCallLogged = false };
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
    public void AGrabAtOnceAndItsReleaseAllocateNothing() => AllocatesNothing(() =>
    {
        _device.TryGrab(out DeviceLease lease);
        lease.Dispose();
        _device.Hold(_device.GrabAsync().Result).Dispose();
        _device.Grab().Dispose();
    });

    [Test]
    public void AQueuedBlockingGrabAllocatesNothing()
    {
        using CancellationTokenSource never = new();
        _port.AfterCall = (op, status) =>
        {
            // Without the fake's own assertion, which allocates.
            if (op != DeviceOp.Grab || status != DeviceStatus.Queued || !_port.TryDecideGrant())
                return;
            _port.PublishGrant();
            _port.Raise(DeviceEvents.Granted);
        };
        AllocatesNothing(() =>
        {
            _port.OtherOwns();
            _device.Grab(never.Token).Dispose();
        });
    }

    [Test]
    public void FramesAllocateNothing()
    {
        FakeNic nic = new(_port) { IsRecording = false };
        using NicTransmitter transmitter = new(_domain, _device, 8);
        using NicReceiver receiver = new(_domain, _device, 8);
        byte[] frame = Frames.Numbered(1);
        byte[] buffer = new byte[2048];
        Grant grant = _device.GrabAsync().Result;
        receiver.Start(_device.Hold(grant));
        AllocatesNothing(() =>
        {
            DeviceLease lease = _device.Hold(grant);
            for (int i = 0; i < 6; i++)
                transmitter.TrySend(in lease, frame);
            transmitter.WaitForDrain(in lease, TimeSpan.FromSeconds(1));
            nic.Deliver(frame);
            receiver.WaitForFrames(in lease, TimeSpan.FromSeconds(1));
            while (receiver.TryReceive(in lease, buffer, out _))
            {
            }

            receiver.WaitForFrames(in lease, TimeSpan.Zero);
        });
    }

    private static void AllocatesNothing(Action action)
    {
        for (int i = 0; i < 300; i++)
            action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
            action();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
