using Vpio.Abi;
using Vpio.Abi.Network;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves the transmit driver; the network device's "Rings" and "Registers".</summary>
internal sealed class NicTransmitterTests
{
    private const int Entries = 8;

    private FakePort _port = null!;
    private FakeNic _nic = null!;
    private GuestDomain _domain = null!;
    private GuestDevice _device = null!;
    private NicTransmitter _transmitter = null!;

    [SetUp]
    public void Attach() => AttachAt(start: 0);

    [TearDown]
    public void Dispose()
    {
        _transmitter.Dispose();
        _domain.Dispose();
        _port.Dispose();
    }

    [Test]
    public void AFrameIsSentAsItWasWritten()
    {
        using DeviceLease lease = _device.Grab();
        byte[] frame = Frames.Numbered(1, length: 1514);
        Assert.That(_transmitter.TrySend(in lease, frame));
        Assert.That(_nic.Sent, Is.Empty, "the doorbell rings at the flush");
        _transmitter.Flush(in lease);
        Assert.That(_nic.Sent, Is.EqualTo(new[] { frame }));
        Assert.That(_transmitter.CountOutstanding(in lease), Is.Zero);
    }

    [Test]
    public void ABatchRingsOnce()
    {
        using DeviceLease lease = _device.Grab();
        Assert.That(_transmitter.CountOutstanding(in lease), Is.Zero, "set up");
        int kicks = _port.Kicks;
        for (int i = 0; i < Entries; i++)
            _transmitter.TrySend(in lease, Frames.Numbered(i));
        _transmitter.Flush(in lease);
        _transmitter.Flush(in lease);
        Assert.That((_nic.Sent.Count, _port.Kicks - kicks), Is.EqualTo((Entries, 1)));
    }

    [Test]
    public void ADeviceThatIsAwakeIsNotKicked()
    {
        using DeviceLease lease = _device.Grab();
        _transmitter.CountOutstanding(in lease);
        int kicks = _port.Kicks;
        _nic.Registers.Write32(NicRegister.Asleep, 0);
        _transmitter.TrySend(in lease, Frames.Numbered(0));
        _transmitter.Flush(in lease);
        Assert.That((_port.Kicks, _nic.Registers.Read32(NicRegister.TxTail)), Is.EqualTo((kicks, 1U)));
    }

    [Test]
    public void AFullRingTakesNoFrameUntilTheDeviceTookOne()
    {
        using DeviceLease lease = _device.Grab();
        _nic.IsPaused = true;
        for (int i = 0; i < Entries; i++)
            Assert.That(_transmitter.TrySend(in lease, Frames.Numbered(i)));
        Assert.That(_transmitter.TrySend(in lease, Frames.Numbered(99)), Is.False);
        Assert.That(_transmitter.CountOutstanding(in lease), Is.EqualTo(Entries));
        _nic.IsPaused = false;
        _transmitter.Flush(in lease);
        Assert.That(_transmitter.TrySend(in lease, Frames.Numbered(Entries)));
    }

    [TestCase(0u)]
    [TestCase(uint.MaxValue - 20)]
    [TestCase(0x7FFF_FFF0u)]
    public void TheCountersRunOnPastTheRingAndPastTheirOwnEnd(uint start)
    {
        Dispose();
        AttachAt(start);
        using DeviceLease lease = _device.Grab();
        for (int i = 0; i < 50; i++)
        {
            Assert.That(_transmitter.TrySend(in lease, Frames.Numbered(i)));
            if (i % 3 == 2)
                _transmitter.Flush(in lease);
        }

        Assert.That(_transmitter.WaitForDrain(in lease, FakePort.SafetyNet));
        Assert.That(_nic.Sent.Select(frame => Frames.NumberOf(frame)), Is.EqualTo(Enumerable.Range(0, 50)));
    }

    [TestCase(13)]
    [TestCase(1515)]
    public void AFrameOfBadLengthIsTheCallersFault(int length)
    {
        Grant grant = _device.GrabAsync().Result;
        Assert.That(() => _transmitter.TrySend(_device.Hold(grant), new byte[length]), Throws.ArgumentException.With.Message.Contains(length.ToString()));
    }

    [TestCase(0)]
    [TestCase(3)]
    [TestCase(8192)]
    public void ARingOfBadLengthIsTheCallersFault(int entries) =>
        Assert.That(() => new NicTransmitter(_domain, _device, entries), Throws.TypeOf<ArgumentOutOfRangeException>());

    [Test]
    public void FramesPostedBeforeAReleaseAreSentInTheNextOwnership()
    {
        DeviceLease first = _device.Grab();
        _nic.IsPaused = true;
        _transmitter.TrySend(in first, Frames.Numbered(1));
        _transmitter.Flush(in first);
        _transmitter.TrySend(in first, Frames.Numbered(2));
        first.Release();

        _nic.IsPaused = false;
        using DeviceLease second = _device.Grab();
        _transmitter.Flush(in second);
        Assert.That(_nic.Sent.Select(frame => Frames.NumberOf(frame)), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void ALostContextIsSetUpAgainAndItsFramesAreCounted()
    {
        DeviceLease first = _device.Grab();
        _nic.IsPaused = true;
        _transmitter.TrySend(in first, Frames.Numbered(1));
        _transmitter.Flush(in first);
        _nic.Reset();
        _port.Detach();

        _nic.IsPaused = false;
        using DeviceLease second = _device.Grab();
        Assert.That(_transmitter.TrySend(in second, Frames.Numbered(2)));
        _transmitter.Flush(in second);
        Assert.That(_nic.Sent.Select(frame => Frames.NumberOf(frame)), Is.EqualTo(new[] { 2 }));
        Assert.That(_transmitter.DiscardedFrames, Is.EqualTo(1));
    }

    [Test]
    public void OfALostRingOnlyWhatTheDeviceDidNotTakeIsCounted()
    {
        DeviceLease first = _device.Grab();
        Assert.That(_transmitter.CountOutstanding(in first), Is.Zero, "set up");
        _nic.MostAtOnce = 3;
        for (int i = 0; i < 5; i++)
            _transmitter.TrySend(in first, Frames.Numbered(i));
        _transmitter.Flush(in first);
        Assert.That((_nic.Sent.Count, _transmitter.UnconfirmedFrames), Is.EqualTo((3, 5)), "the driver has not looked at the head");
        _nic.Reset();
        _port.Detach();

        _nic.MostAtOnce = uint.MaxValue;
        using DeviceLease second = _device.Grab();
        Assert.That(_transmitter.TrySend(in second, Frames.Numbered(5)));
        Assert.That(_transmitter.WaitForDrain(in second, FakePort.SafetyNet));
        Assert.That(_nic.Sent.Select(frame => Frames.NumberOf(frame)), Is.EqualTo(new[] { 0, 1, 2, 5 }));
        Assert.That((_transmitter.DiscardedFrames, _transmitter.UnconfirmedFrames), Is.EqualTo((2L, 0)));
    }

    [Test]
    public void EveryLossIsCountedAgainstItsOwnRing()
    {
        for (int loss = 1; loss <= 3; loss++)
        {
            DeviceLease lease = _device.Grab();
            Assert.That(_transmitter.CountOutstanding(in lease), Is.Zero, "set up");
            Assert.That(_transmitter.DiscardedFrames, Is.EqualTo(loss - 1));
            _nic.MostAtOnce = 2;
            for (int i = 0; i < 3; i++)
                _transmitter.TrySend(in lease, Frames.Numbered(i));
            _transmitter.Flush(in lease);
            _nic.Reset();
            _port.Detach();
        }
    }

    [Test]
    public void AWaitEndsWhenTheDeviceIsDetached()
    {
        Task<bool> wait = WaitForDrainWhilePaused(out Grant grant);
        _nic.Reset();
        _port.Detach();
        Eventually.Fails<LeaseLostException>(wait);
        Assert.That(_device.Hold(grant).Release(), Is.EqualTo(ReleaseResult.AlreadyTaken), "a late release");
        Assert.That(_device.TryGrab(out DeviceLease next), Is.EqualTo(GrabResult.Granted));
        next.Release();
    }

    [Test]
    public void ALateResetUpcallDoesNotDisturbARingThatIsSetUpAgain()
    {
        using DeviceLease lease = _device.Grab();
        _nic.IsPaused = true;
        _transmitter.TrySend(in lease, Frames.Numbered(1));
        _transmitter.Flush(in lease);
        _domain.Upcalls.Attend();
        _port.Raise(DeviceEvents.Reset);
        _port.AwaitSleepingWatch();

        _nic.IsPaused = false;
        Assert.That(_transmitter.WaitForDrain(in lease, TimeSpan.Zero), Is.False, "paused: nothing told the device yet");
        _nic.Step();
        Assert.That((_transmitter.CountOutstanding(in lease), _nic.Sent.Count, _transmitter.DiscardedFrames), Is.EqualTo((0, 1, 0L)));
    }

    [Test]
    public void ASecondTransmitterTakesOverFromTheFirst()
    {
        using DeviceLease lease = _device.Grab();
        _transmitter.TrySend(in lease, Frames.Numbered(1));
        _transmitter.Flush(in lease);
        using NicTransmitter second = new(_domain, _device, Entries);
        second.TrySend(in lease, Frames.Numbered(2));
        second.Flush(in lease);
        Assert.That(_nic.Sent.Select(frame => Frames.NumberOf(frame)), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void ASetUpThatAStopRequestInterruptsIsFinishedInTheNextOwnership()
    {
        _nic.IsDeaf = true;
        DeviceLease first = _device.Grab();
        _port.Revoke();
        Assert.That(_transmitter.TrySend(in first, Frames.Numbered(1)), Is.False);
        first.Release();

        using DeviceLease second = _device.Grab();
        _nic.Step();
        Assert.That(_transmitter.TrySend(in second, Frames.Numbered(2)));
        _nic.IsDeaf = false;
        Assert.That(_transmitter.WaitForDrain(in second, FakePort.SafetyNet));
        Assert.That(_nic.Sent.Select(frame => Frames.NumberOf(frame)), Is.EqualTo(new[] { 2 }));
    }

    [Test]
    public void ADeviceThatNeverAnswersIsAProtocolError()
    {
        _nic.IsDeaf = true;
        Grant grant = _device.GrabAsync().Result;
        Assert.That(() => _transmitter.TrySend(_device.Hold(grant), Frames.Numbered(1)), Throws.TypeOf<NicProtocolException>().With.Message.Contains("did not turn transmit on"));
    }

    [Test]
    public void AHeadBeyondTheTailIsAProtocolError()
    {
        Grant grant = _device.GrabAsync().Result;
        DeviceLease lease = _device.Hold(grant);
        _transmitter.TrySend(in lease, Frames.Numbered(1));
        _nic.IsPaused = true;
        _transmitter.Flush(in lease);
        _nic.Registers.Write32(NicRegister.TxHead, 2);
        Assert.That(() => _transmitter.CountOutstanding(_device.Hold(grant)), Throws.TypeOf<NicProtocolException>().With.Message.Contains("0x00000002"));
    }

    [Test]
    public void AHeadBeyondTheDoorbellIsAProtocolErrorThoughTheFrameIsInTheRing()
    {
        Grant grant = _device.GrabAsync().Result;
        _transmitter.TrySend(_device.Hold(grant), Frames.Numbered(1));
        _nic.Registers.Write32(NicRegister.TxHead, 1);
        Assert.That(() => _transmitter.CountOutstanding(_device.Hold(grant)), Throws.TypeOf<NicProtocolException>());
    }

    [Test]
    public void AHeadThatGoesBackIsAProtocolErrorAndTheNextUseSetsUpAgain()
    {
        Grant grant = _device.GrabAsync().Result;
        DeviceLease lease = _device.Hold(grant);
        _transmitter.TrySend(in lease, Frames.Numbered(1));
        Assert.That(_transmitter.WaitForDrain(in lease, FakePort.SafetyNet));
        _nic.Registers.Write32(NicRegister.TxHead, 0);
        Assert.That(() => _transmitter.CountOutstanding(_device.Hold(grant)), Throws.TypeOf<NicProtocolException>());
        Assert.That(_transmitter.TrySend(in lease, Frames.Numbered(2)));
        Assert.That(_transmitter.WaitForDrain(in lease, FakePort.SafetyNet));
        Assert.That(_nic.Sent, Has.Count.EqualTo(2));
    }

    [Test]
    public void AFaultIsReportedWhileWaiting()
    {
        Grant grant = _device.GrabAsync().Result;
        DeviceLease lease = _device.Hold(grant);
        _nic.IsPaused = true;
        _transmitter.TrySend(in lease, Frames.Numbered(1));
        _transmitter.Flush(in lease);
        _nic.Registers.Write32(NicRegister.Status, (uint)NicStatus.TxFault);
        Assert.That(() => _transmitter.WaitForDrain(_device.Hold(grant), FakePort.SafetyNet), Throws.TypeOf<NicProtocolException>().With.Message.Contains("fault"));
    }

    [Test]
    public void AWaitEndsWithTheInterrupt()
    {
        Task<bool> wait = WaitForDrainWhilePaused(out _);
        _nic.IsPaused = false;
        _nic.Step();
        Assert.That(Eventually.Ends(wait));
    }

    [Test]
    public void AnInterruptThatWasAnothersIsArmedAgain()
    {
        Task<bool> wait = WaitForDrainWhilePaused(out _);
        for (int i = 0; i < 3; i++)
        {
            _nic.TakeArmedAndInterrupt();
            Eventually.Holds(() => _nic.IsArmed(NicInterrupt.Tx), "the wait arms again");
        }

        _nic.IsPaused = false;
        _nic.Step();
        Assert.That(Eventually.Ends(wait));
    }

    [Test]
    public void AWaitEndsWithTheRevocation()
    {
        Task<bool> wait = WaitForDrainWhilePaused(out Grant grant);
        _port.Revoke();
        Assert.That(Eventually.Ends(wait), Is.False);
        Assert.That(_device.Hold(grant).StopRequested);
    }

    [Test]
    public void AWaitEndsWithTheForcedStop()
    {
        Task<bool> wait = WaitForDrainWhilePaused(out _);
        _port.Stop();
        Eventually.Fails<LeaseLostException>(wait);
    }

    [Test]
    public void AWaitEndsWithItsTime()
    {
        using DeviceLease lease = _device.Grab();
        _nic.IsPaused = true;
        _transmitter.TrySend(in lease, Frames.Numbered(1));
        Assert.That(_transmitter.WaitForDrain(in lease, TimeSpan.FromMilliseconds(1)), Is.False);
        Assert.That(_transmitter.WaitForRoom(in lease, TimeSpan.Zero));
    }

    [Test]
    public void ALostLeaseIsNoticedWithinABatch()
    {
        Grant grant = _device.GrabAsync().Result;
        DeviceLease lease = _device.Hold(grant);
        _transmitter.TrySend(in lease, Frames.Numbered(1));
        _port.Stop();
        Assert.That(() => _transmitter.Flush(_device.Hold(grant)), Throws.TypeOf<LeaseLostException>());
    }

    private void AttachAt(uint start)
    {
        _port = new FakePort();
        _nic = new FakeNic(_port, start);
        _domain = GuestDomain.Attach(_port);
        _device = _domain.GetDevice(FakePort.Device0);
        _transmitter = new NicTransmitter(_domain, _device, Entries, start);
    }

    private Task<bool> WaitForDrainWhilePaused(out Grant grant)
    {
        Grant granted = grant = _device.GrabAsync().Result;
        _nic.IsPaused = true;
        Task<bool> wait = Task.Run(() =>
        {
            DeviceLease lease = _device.Hold(granted);
            _transmitter.TrySend(in lease, Frames.Numbered(1));
            return _transmitter.WaitForDrain(in lease, Timeout.InfiniteTimeSpan);
        });
        Eventually.Holds(() => _nic.IsArmed(NicInterrupt.Tx), "the wait arms the interrupt");
        return wait;
    }
}
