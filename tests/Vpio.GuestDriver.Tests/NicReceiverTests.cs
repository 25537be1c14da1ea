using Vpio.Abi.Network;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves the receive driver; the network device's "Rings" and "Registers".</summary>
internal sealed class NicReceiverTests
{
    private const int Entries = 8;

    private readonly byte[] _buffer = new byte[2048];
    private FakePort _port = null!;
    private FakeNic _nic = null!;
    private GuestDomain _domain = null!;
    private GuestDevice _device = null!;
    private NicReceiver _receiver = null!;
    private Grant _grant;

    [SetUp]
    public void Attach() => AttachAt(start: 0);

    [TearDown]
    public void Dispose()
    {
        _receiver.Dispose();
        _domain.Dispose();
        _port.Dispose();
    }

    [Test]
    public void AStartedReceiverHasPostedItsWholeRing()
    {
        Start();
        Assert.That(_nic.RxRoom, Is.EqualTo((uint)Entries));
        Assert.That(_receiver.TryReceive(_buffer, out _), Is.False);
    }

    [Test]
    public void AFrameIsReadAsItCame()
    {
        Start();
        byte[] frame = Frames.Numbered(7, length: 1514);
        _nic.Deliver(frame);
        Assert.That(_receiver.TryReceive(_device.Hold(_grant), _buffer, out int length));
        Assert.That(_buffer[..length], Is.EqualTo(frame));
    }

    [TestCase(0u)]
    [TestCase(uint.MaxValue - 20)]
    [TestCase(0x7FFF_FFF0u)]
    public void TheCountersRunOnPastTheRingAndPastTheirOwnEnd(uint start)
    {
        Dispose();
        AttachAt(start);
        Start();
        for (int i = 0; i < 60; i++)
        {
            _nic.Deliver(Frames.Numbered(i));
            if (i % 3 == 2)
                Assert.That(ReadAll(), Is.EqualTo(new[] { i - 2, i - 1, i }));
        }
    }

    [Test]
    public void BuffersArePostedAgainByHalvesAndWhenTheRingRanEmpty()
    {
        Start();
        int kicks = _port.Kicks;
        for (int i = 0; i < Entries; i++)
            _nic.Deliver(Frames.Numbered(i));
        Assert.That(_nic.RxRoom, Is.Zero);
        DeviceLease lease = _device.Hold(_grant);
        for (int i = 0; i < 4; i++)
            Assert.That(_receiver.TryReceive(in lease, _buffer, out _));
        Assert.That((_nic.RxRoom, _port.Kicks - kicks), Is.EqualTo((0U, 0)));
        Assert.That(_receiver.TryReceive(in lease, _buffer, out _));
        Assert.That((_nic.RxRoom, _port.Kicks - kicks), Is.EqualTo((4U, 1)), "half of the ring was read");
        while (_receiver.TryReceive(in lease, _buffer, out _))
        {
        }

        Assert.That((_nic.RxRoom, _port.Kicks - kicks), Is.EqualTo(((uint)Entries, 2)), "none is left");
    }

    [Test]
    public void FramesCanBeReadAfterTheReleaseAndArePostedAgainInTheNextOwnership()
    {
        Start();
        for (int i = 0; i < Entries; i++)
            _nic.Deliver(Frames.Numbered(i));
        _device.Hold(_grant).Release();
        for (int i = 0; i < Entries; i++)
        {
            Assert.That(_receiver.TryReceive(_buffer, out int length));
            Assert.That(Frames.NumberOf(_buffer.AsSpan(0, length)), Is.EqualTo(i));
        }

        Assert.That(_receiver.TryReceive(_buffer, out _), Is.False);
        Assert.That(_nic.RxRoom, Is.Zero);
        Start();
        Assert.That(_nic.RxRoom, Is.EqualTo((uint)Entries));
        _nic.Deliver(Frames.Numbered(99));
        Assert.That(ReadAll(), Is.EqualTo(new[] { 99 }));
    }

    [Test]
    public void ALostContextIsSetUpAgainAfterItsLastFramesWereRead()
    {
        Start();
        _nic.Deliver(Frames.Numbered(1));
        _nic.Deliver(Frames.Numbered(2));
        _nic.Reset();
        _port.Detach();

        Start();
        Assert.That(_nic.Registers.Read32(NicRegister.Control), Is.Zero, "the old frames come first");
        Assert.That(_receiver.WaitForFrames(_device.Hold(_grant), TimeSpan.Zero));
        Assert.That(ReadAll(), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(_nic.RxRoom, Is.EqualTo((uint)Entries));
        _nic.Deliver(Frames.Numbered(3));
        Assert.That(ReadAll(), Is.EqualTo(new[] { 3 }));
    }

    [Test]
    public void ABufferGivenBackInErrorIsSkippedCountedAndPostedAgain()
    {
        Start();
        _nic.CompleteReceive(0, NicDescriptor.Error);
        _nic.Deliver(Frames.Numbered(1));
        Assert.That(ReadAll(), Is.EqualTo(new[] { 1 }));
        Assert.That((_receiver.ErrorFrames, _nic.RxRoom), Is.EqualTo((1L, (uint)Entries)));
    }

    [TestCase(2049u, 1u)]
    [TestCase(uint.MaxValue, 1u)]
    [TestCase(0u, 1u)]
    [TestCase(60u, 3u)]
    [TestCase(60u, 0x8000_0000u)]
    public void AnImpossibleDescriptorIsAProtocolErrorAndTheNextFrameIsRead(uint length, uint flags)
    {
        Start();
        _nic.CompleteReceive(length, flags);
        _nic.Deliver(Frames.Numbered(5));
        Assert.That(() => _receiver.TryReceive(_buffer, out _), Throws.TypeOf<NicProtocolException>().With.Message.Contains($"0x{flags:x8}"));
        Assert.That(ReadAll(), Is.EqualTo(new[] { 5 }));
    }

    [Test]
    public void AFrameThatDoesNotFitStays()
    {
        Start();
        _nic.Deliver(Frames.Numbered(5));
        Assert.That(() => _receiver.TryReceive(new byte[20], out _), Throws.ArgumentException);
        Assert.That(ReadAll(), Is.EqualTo(new[] { 5 }));
    }

    [Test]
    public void ASetUpThatAStopRequestInterruptsIsFinishedInTheNextOwnershipAndLosesNoFrame()
    {
        _nic.IsDeaf = true;
        _grant = _device.GrabAsync().Result;
        _port.Revoke();
        _receiver.Start(_device.Hold(_grant));
        _nic.Step();
        _nic.Deliver(Frames.Numbered(1));
        _device.Hold(_grant).Release();

        Start();
        _nic.Deliver(Frames.Numbered(2));
        Assert.That(ReadAll(), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void AnInterruptedSetUpThatAResetLostIsBegunAgain()
    {
        _nic.IsDeaf = true;
        _grant = _device.GrabAsync().Result;
        _port.Revoke();
        _receiver.Start(_device.Hold(_grant));
        _nic.Reset();
        _port.Detach();

        _nic.IsDeaf = false;
        Start();
        _nic.Deliver(Frames.Numbered(1));
        Assert.That(ReadAll(), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public void AWaitEndsWithTheInterrupt()
    {
        Task<bool> wait = WaitForFrames();
        _nic.Deliver(Frames.Numbered(1));
        Assert.That(Eventually.Ends(wait));
    }

    [Test]
    public void AWaitEndsWithTheRevocation()
    {
        Task<bool> wait = WaitForFrames();
        _port.Revoke();
        Assert.That(Eventually.Ends(wait), Is.False);
    }

    [Test]
    public void AWaitEndsWithTheForcedStop()
    {
        Task<bool> wait = WaitForFrames();
        _port.Stop();
        Assert.That(Eventually.Ends(wait), Is.False);
    }

    [Test]
    public void AWaitAfterAFaultSaysSo()
    {
        Start();
        _nic.Registers.Write32(NicRegister.Status, (uint)(NicStatus.RxRunning | NicStatus.RxFault));
        Assert.That(() => _receiver.WaitForFrames(_device.Hold(_grant), FakePort.SafetyNet), Throws.TypeOf<NicProtocolException>().With.Message.Contains("fault"));
    }

    [Test]
    public void TransmitAndReceiveShareTheControlRegister()
    {
        Start();
        using NicTransmitter transmitter = new(_domain, _device, Entries);
        DeviceLease lease = _device.Hold(_grant);
        transmitter.TrySend(in lease, Frames.Numbered(1));
        transmitter.Flush(in lease);
        Assert.That(_nic.Registers.Read32(NicRegister.Control), Is.EqualTo((uint)(NicControl.TxEnable | NicControl.RxEnable)));
        _nic.Deliver(Frames.Numbered(2));
        Assert.That((ReadAll().Single(), _nic.Sent.Count), Is.EqualTo((2, 1)));
    }

    private void AttachAt(uint start)
    {
        _port = new FakePort();
        _nic = new FakeNic(_port, start);
        _domain = GuestDomain.Attach(_port);
        _device = _domain.GetDevice(FakePort.Device0);
        _receiver = new NicReceiver(_domain, _device, Entries, start);
    }

    private void Start()
    {
        _grant = _device.GrabAsync().Result;
        _receiver.Start(_device.Hold(_grant));
    }

    private List<int> ReadAll()
    {
        List<int> numbers = [];
        DeviceLease lease = _device.Hold(_grant);
        while (_receiver.TryReceive(in lease, _buffer, out int length))
            numbers.Add(Frames.NumberOf(_buffer.AsSpan(0, length)));
        return numbers;
    }

    private Task<bool> WaitForFrames()
    {
        Start();
        Task<bool> wait = Task.Run(() => _receiver.WaitForFrames(_device.Hold(_grant), Timeout.InfiniteTimeSpan));
        Eventually.Holds(() => _nic.IsArmed(NicInterrupt.Rx), "the wait arms the interrupt");
        return wait;
    }
}
