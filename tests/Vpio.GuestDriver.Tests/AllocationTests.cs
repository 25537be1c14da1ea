using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves that the steady state allocates nothing: no garbage for a frame, a grab or a release.</summary>
internal sealed class AllocationTests : FakeGuestFixture
{
    [SetUp]
    public void Attach() => Port.IsCallLogged = false;

    [Test]
    public void AGrabAtOnceAndItsReleaseAllocateNothing() => AllocatesNothing(() =>
    {
        Device.TryGrab(out DeviceLease lease);
        lease.Dispose();
        Device.Hold(Device.GrabAsync().Result).Dispose();
        Device.Grab().Dispose();
    });

    [Test]
    public void AQueuedBlockingGrabAllocatesNothing()
    {
        using CancellationTokenSource never = new();
        Port.AfterCall = (op, status) =>
        {
            // Without the fake's own assertion, which allocates.
            if (op != DeviceOp.Grab || status != DeviceStatus.Queued || !Port.TryDecideGrant())
                return;
            Port.PublishGrant();
            Port.Raise(DeviceEvents.Granted);
        };
        AllocatesNothing(() =>
        {
            Port.OtherOwns();
            Device.Grab(never.Token).Dispose();
        });
    }

    [Test]
    public void FramesAllocateNothing()
    {
        FakeNic nic = new(Port) { IsRecording = false };
        using NicTransmitter transmitter = new(Domain, Device, 8);
        using NicReceiver receiver = new(Domain, Device, 8);
        byte[] frame = Frames.Numbered(1);
        byte[] buffer = new byte[2048];
        Grant grant = Device.GrabAsync().Result;
        receiver.Start(Device.Hold(grant));
        AllocatesNothing(() =>
        {
            DeviceLease lease = Device.Hold(grant);
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
