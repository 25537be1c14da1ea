using Vpio.Hypervisor.Guests;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves that the driver and the reference hypervisor mean the same by the ABI: two guests share one NIC.</summary>
internal sealed class EndToEndTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(1);

    [Test]
    public void AFrameOfOneGuestIsParkedForTheOtherAndDeliveredWithItsGrab()
    {
        using SharedNic nic = new(Short, TimeSpan.FromSeconds(1));
        nic.A.Send(nic.B.Address, 41, 42);
        Assert.That(nic.B.Device.WaitForFramesPending(FakePort.SafetyNet));
        Assert.That(nic.B.Receive(), Is.EqualTo(41));
        Assert.That(nic.B.Receive(), Is.EqualTo(42));
    }

    [Test]
    public void GuestsThatStreamToEachOtherLoseNothingAndKeepTheOrder()
    {
        const int Count = 20_000;
        using SharedNic nic = new(Short, TimeSpan.FromSeconds(1));
        Task<int[]> a = Task.Run(() => Exchange(nic.A, nic.B, Count));
        Task<int[]> b = Task.Run(() => Exchange(nic.B, nic.A, Count));
        Assert.That(Eventually.Ends(a), Is.EqualTo(Enumerable.Range(0, Count)));
        Assert.That(Eventually.Ends(b), Is.EqualTo(Enumerable.Range(0, Count)));
        Assert.That(nic.Device.Statistics.ForcedStops, Is.Zero);
    }

    [Test]
    public void AHolderThatSleepsForFramesIsWokenByTheRevocation()
    {
        using SharedNic nic = new(Short, TimeSpan.FromSeconds(1));
        Task<bool> sleeper = Task.Run(() =>
        {
            using DeviceLease lease = nic.A.Device.Grab();
            return nic.A.Receiver.WaitForFrames(in lease, Timeout.InfiniteTimeSpan);
        });
        Eventually.Holds(() => nic.A.Device.Holding == HoldingState.Held, "A holds the NIC");
        Grant grant = Eventually.Ends(nic.B.Device.GrabAsync().AsTask());
        nic.B.Device.Hold(grant).Release();
        Assert.That(Eventually.Ends(sleeper), Is.False);
        Assert.That(nic.Device.Statistics.ForcedStops, Is.Zero);
    }

    [Test]
    public void AGuestThatIgnoresItsRevocationIsStoppedAndOnceResumedSetsUpAgain()
    {
        using SharedNic nic = new(Short, Short);
        Grant ignored = Eventually.Ends(nic.A.Device.GrabAsync().AsTask());
        nic.A.Transmitter.CountOutstanding(nic.A.Device.Hold(ignored));
        nic.B.Device.Hold(Eventually.Ends(nic.B.Device.GrabAsync().AsTask())).Release();

        Assert.That(() => nic.A.Device.Hold(ignored).Read32(0), Throws.TypeOf<LeaseLostException>());
        Assert.That(nic.A.Device.Hold(ignored).Release(), Is.EqualTo(ReleaseResult.AlreadyTaken));
        Assert.That((nic.A.Device.TryGrab(out _), nic.A.Guest.State), Is.EqualTo((GrabResult.Stopped, GuestState.Stopped)));

        nic.A.Guest.Resume();
        nic.A.Send(nic.B.Address, 7);
        Assert.That(nic.B.Receive(), Is.EqualTo(7));
    }

    [Test]
    public void AGuestStoppedWhileQueuedIsToldAndWaitsAgainOnceResumed()
    {
        using SharedNic nic = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        nic.A.Device.TryGrab(out DeviceLease held);
        Task<Grant> stopped = nic.B.Device.GrabAsync().AsTask();
        nic.B.Guest.Stop();
        Eventually.Fails<GuestStoppedException>(stopped);
        nic.B.Guest.Resume();

        Task<Grant> resumed = nic.B.Device.GrabAsync().AsTask();
        held.Release();
        nic.B.Device.Hold(Eventually.Ends(resumed)).Release();
    }

    [Test]
    public void GrabsCancelledAtRandomLeakNoOwnership()
    {
        using SharedNic nic = new(Short, TimeSpan.FromSeconds(1));
        Task<bool> competitor = Task.Run(() => GrabAndRelease(nic.A, 3_000));
        for (int i = 0; i < 3_000; i++)
        {
            using CancellationTokenSource cancel = new();
            Task<Grant> grab = nic.B.Device.GrabAsync(cancel.Token).AsTask();
            cancel.Cancel();
            ReleaseIfGranted(nic.B, grab);
        }

        Assert.That(Eventually.Ends(competitor));
        Assert.That(nic.Device.State.IsHeld, Is.False);
        Assert.That(nic.Device.Statistics.ForcedStops, Is.Zero);
    }

    [Test]
    public void ADisposedGuestLeavesTheDeviceToTheOther()
    {
        using SharedNic nic = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        nic.A.Device.TryGrab(out _);
        Task<Grant> next = nic.B.Device.GrabAsync().AsTask();
        nic.A.Domain.Dispose();
        nic.B.Device.Hold(Eventually.Ends(next)).Release();
    }

    [Test]
    public void TheDriverInTheReadmeEchoes()
    {
        using SharedNic nic = new(Short, TimeSpan.FromSeconds(1));
        Station self = nic.A;
        Guest echo = nic.AddGuest(SharedNic.AddressOf(3));
        using CancellationTokenSource end = new();
        Task driver = Task.Run(() => EchoDriver.Run(echo.Port, nic.Device.Index, end.Token));
        for (int number = 0; number < 300; number++)
        {
            self.Send(SharedNic.AddressOf(3), 2 * number, (2 * number) + 1);
            Assert.That((self.Receive(), self.Receive()), Is.EqualTo((2 * number, (2 * number) + 1)));
        }

        end.Cancel();
        Eventually.Holds(() => driver.IsCompleted, "the echo ends");
        Assert.That(nic.Device.Statistics.ForcedStops, Is.Zero);
    }

    private static int[] Exchange(Station self, Station other, int count)
    {
        List<int> received = [];
        byte[] buffer = new byte[2048];
        int sent = 0;
        bool drained = false;
        while (sent < count || received.Count < count || !drained)
        {
            using DeviceLease lease = self.Device.Grab();
            self.Receiver.Start(in lease);
            while (!lease.StopRequested && (sent < count || received.Count < count))
            {
                while (sent < count && self.Transmitter.TrySend(in lease, self.FrameTo(other.Address, sent)))
                    sent++;
                self.Transmitter.Flush(in lease);
                while (self.Receiver.TryReceive(in lease, buffer, out int length))
                    received.Add(Frames.NumberOf(buffer.AsSpan(0, length)));
                if (sent == count)
                    self.Receiver.WaitForFrames(in lease, Short);
                else
                    self.Transmitter.WaitForRoom(in lease, Short);
            }

            drained = self.Transmitter.WaitForDrain(in lease, Short);
        }

        return [.. received];
    }

    private static bool GrabAndRelease(Station station, int rounds)
    {
        for (int i = 0; i < rounds; i++)
            station.Device.Grab().Dispose();
        return true;
    }

    private static void ReleaseIfGranted(Station station, Task<Grant> grab)
    {
        try
        {
            station.Device.Hold(Eventually.Ends(grab)).Release();
        }
        catch (OperationCanceledException)
        {
            // Then nothing was granted, or the driver gave it back.
        }
    }
}
