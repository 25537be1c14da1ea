using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.AssembledGuests;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;
using Vpio.Jobs;
using Vpio.Programs;
using Vpio.Tool.Accounting;
using Vpio.Tool.Jobs;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Machines.Tests;

/// <summary>Shows what the assembled program does on its own, with a domain 0 that the test is.</summary>
[TestFixture]
internal sealed class AssembledJobGuestTests
{
    private const int ShortestFrame = (int)NicRegister.MinFrameBytesValue;
    private const int LongestFrame = (int)NicRegister.MaxFrameBytesValue;
    private const int FrameCount = LongestFrame - ShortestFrame + 1;

    private static readonly MacAddress Sender = new(0x0202);
    private static readonly MacAddress Receiver = new(0x0302);

    // One frame of each length, from the sender to the receiver, with bytes that no two of them share.
    private static readonly ReadOnlyMemory<byte>[] EachLength = [.. Enumerable.Range(ShortestFrame, FrameCount).Select(FrameOf)];

    private readonly GatedWire _wire = new();
    private ReferenceHypervisor _hypervisor = null!;
    private Nic _nic = null!;
    private SharedDevice _device = null!;

    [SetUp]
    public void SetUp()
    {
        UsableKvm.Demand();

        // Long where a guest must not be stopped: the machine of a test run is a busy one.
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { Grace = TimeSpan.FromSeconds(1), ApplicationBytes = (int)JobWriting.BytesFor(new OutgoingFrames(EachLength)) });
        _nic = new Nic(_wire, new NicOptions { ParkingFrames = 2 * FrameCount });
        _device = _hypervisor.AddDevice(_nic);
    }

    [TearDown]
    public void TearDown()
    {
        _wire.Open();
        _hypervisor?.Dispose();
    }

    [Test]
    public void AFrameOfEachLengthIsSentAndReceivedAndItsDigestIsXxh64()
    {
        Domain0End receiver = Begin(Add(Receiver), Job(Receiver) with { Receives = true });
        Domain0End sender = Begin(Add(Sender), Job(Sender) with { Outgoing = new OutgoingFrames(EachLength) });
        Assert.That(() => (receiver.Activity, sender.Activity), Is.EqualTo((GuestActivity.Ready, GuestActivity.Ready)).After(20_000, 1));
        receiver.Enter(JobPhase.Sending);
        sender.Enter(JobPhase.Sending);
        ulong[] expected = [.. EachLength.Select(frame => FrameDigest.Of(frame.Span))];
        Assert.That(Read(sender.Submitted), Is.EqualTo(expected));
        Assert.That(Read(receiver.Received), Is.EqualTo(expected));
        Assert.That(() => sender.HasSentAll, Is.True.After(20_000, 1));
    }

    [Test]
    public void AFrameThatIsRepeatedGetsTheAddressesOfTheRun()
    {
        var outgoing = new OutgoingFrames([FrameOf(64), FrameOf(100)]) { Repeats = true, Source = Sender, Destinations = [Receiver, new MacAddress(0x0402), new MacAddress(0x0502)], FirstDestination = 1 };
        Guest guest = Add(Sender);
        Domain0End end = Begin(guest, Job(Sender) with { Outgoing = outgoing });
        end.Enter(JobPhase.Sending);
        IFrameStream stream = outgoing.Open();
        ulong[] expected = [.. Enumerable.Range(0, FrameCount).Select(_ => Next(stream))];
        Assert.That(Read(end.Submitted), Is.EqualTo(expected));
    }

    [Test]
    public void WhatTheDeviceDidNotTakeOfALostRingIsCountedAndTheRingIsSetUpAgain()
    {
        const int RingEntries = 64;
        _device.Policy = OverrunPolicy.Detach;
        Domain0End receiver = Begin(Add(Receiver), Job(Receiver) with { Receives = true });
        Guest guest = Add(Sender);
        Domain0End hog = Begin(guest, Job(Sender) with { Outgoing = new OutgoingFrames(EachLength), IsHog = true, Rate = new FrameRate(1000) });
        long Taken() => (long)_nic.GetCounters(guest.Id).TxFrames;

        // Both halves run. Then the device is in a batch that does not end, until the ring is full. Somebody waits, and the hog is not asked twice.
        hog.Enter(JobPhase.Sending);
        Assert.That(Taken, Is.GreaterThanOrEqualTo(2).After(20_000, 1));
        _wire.Close();
        Assert.That(() => hog.Submitted.Look() - Taken(), Is.EqualTo(RingEntries).After(20_000, 1));
        receiver.Enter(JobPhase.Sending);
        Assert.That(() => _device.State.State, Is.EqualTo(DeviceState.Reclaiming).After(20_000, 1));
        hog.Enter(JobPhase.Settling);
        _wire.Open();
        Assert.That(() => hog.HasSentAll, Is.True.After(20_000, 1));

        Assert.That(hog.Discarded, Is.InRange(1, RingEntries - 1));
        Assert.That(hog.Discarded, Is.EqualTo(hog.Submitted.Look() - Taken()));
    }

    [Test]
    public void AnUpcallIsTakenByInterruptWhileTheProgramDoesSomethingElse()
    {
        Guest guest = Add(Sender);
        guest.Upcalls.Raise(_device.Index, DeviceEvents.RxPending); // Before its first instruction.
        Domain0End end = Begin(guest, Job(Sender));
        Assert.That(() => end.Activity, Is.EqualTo(GuestActivity.Ready).After(20_000, 1));
        Assert.That(Pending(guest), Is.Zero);
        long before = guest.Machine!.Statistics.Interrupts;

        // It only looks at the phase now.
        guest.Upcalls.Raise(_device.Index, DeviceEvents.RxPending);
        Assert.That(() => Pending(guest), Is.Zero.After(20_000, 1));
        Assert.That(guest.Machine.Statistics.Interrupts, Is.EqualTo(before + 1));
    }

    [Test]
    public void ADeviceThatIsNotAssignedIsAFailureInItsOwnWords()
    {
        Guest guest = _hypervisor.AddGuest(new GuestImage(AssembledJobGuest.Image.ToArray()));
        Domain0End end = Begin(guest, Job(Sender));
        Assert.That(guest.Machine!.Ended.Wait(TimeSpan.FromSeconds(20)), Is.True);
        Assert.That(guest.Machine.Exit, Is.EqualTo(new MachineExit(ExitCode.Failed, null)));
        Assert.That(end.Activity, Is.EqualTo(GuestActivity.Failed));
        Assert.That(end.Failure, Does.EndWith($"a hypercall answered {(int)DeviceStatus.NoDevice}"));
    }

    [Test]
    public void MemoryWithoutAJobIsRefused()
    {
        Guest guest = Add(Sender);
        guest.Machine!.Start();
        Assert.That(guest.Machine.Ended.Wait(TimeSpan.FromSeconds(20)), Is.True);
        Assert.That(guest.Machine.Exit, Is.EqualTo(new MachineExit(ExitCode.Usage, null)));
    }

    private static byte Pending(Guest guest) => Volatile.Read(ref guest.Pages.Page.At<GuestPage>(0).UpcallPending);

    private static ReadOnlyMemory<byte> FrameOf(int length)
    {
        byte[] frame = new byte[length];
        new Random(length).NextBytes(frame);
        NicFrame.SetDestination(frame, Receiver);
        NicFrame.SetSource(frame, Sender);
        return frame;
    }

    private static ulong Next(IFrameStream stream)
    {
        ulong digest = FrameDigest.Of(stream.Peek());
        stream.Advance();
        return digest;
    }

    // As many as there are lengths, in their order; domain 0 need not read on meanwhile, for the ring holds more.
    private static ulong[] Read(ReportReader reports)
    {
        uint count = 0;
        Assert.That(() => count = reports.Look(), Is.GreaterThanOrEqualTo(FrameCount).After(30_000, 1));
        return [.. Enumerable.Range(0, FrameCount).Select(_ => reports.Read())];
    }

    private static Domain0End Begin(Guest guest, GuestJob job)
    {
        Domain0End end = new(new JobMemory(guest.Application, guest), job);
        guest.Machine!.Start();
        return end;
    }

    private Guest Add(MacAddress mac)
    {
        // It never touches what is not its own, at its start neither.
        Guest guest = _hypervisor.AddGuest(new GuestImage(AssembledJobGuest.Image.ToArray()) { StrayAccess = StrayAccess.Stop });
        _nic.SetMacAddress(guest.Id, mac);
        _hypervisor.Assign(guest, _device);
        return guest;
    }

    private GuestJob Job(MacAddress mac) => new() { Device = _device.Index, Mac = mac, Rate = default, RingEntries = 64 };

    /// <summary>Brings frames back, and none while it is closed.</summary>
    private sealed class GatedWire : IWire
    {
        private readonly LoopbackWire _wire = new();
        private readonly ManualResetEventSlim _open = new(initialState: true);

        public void Close() => _open.Reset();

        public void Open() => _open.Set();

        public void Connect(IFrameSink nic) => _wire.Connect(nic);

        public void Transmit(ReadOnlySpan<byte> frame)
        {
            _open.Wait();
            _wire.Transmit(frame);
        }
    }
}
