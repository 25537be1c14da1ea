using System.Diagnostics;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.GuestDriver;
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

namespace Vpio.CGuest.Tests.Processes;

/// <summary>Runs the guest's program in C as a guest in a process of its own, on jobs as the tool lays them down (docs/guests.md, docs/guest-programs.md).</summary>
[Platform(Include = "Linux", Reason = "Guests in processes of their own need Linux.")]
internal sealed class ProcessGuestTests
{
    private const int Frames = 900;
    private const int Kill9 = 9;

    private static readonly GuestExit Sound = new(0, null);
    private static readonly GuestExit Killed = new(null, Kill9);

    private FrameLedger _ledger = null!;
    private ReferenceHypervisor _hypervisor = null!;
    private Nic _nic = null!;
    private SharedDevice _device = null!;

    [SetUp]
    public void Build() => Build(OverrunPolicy.Stop, HypervisorOptions.MaxDuration, observer: null);

    [TearDown]
    public void Remove() => _hypervisor.Dispose();

    [Test]
    public void WhatItTransmitsArrivesByteForByteAndInOrder()
    {
        byte[][] frames = [];
        JobGuest sender = Add(mac => Job(mac) with { Outgoing = new OutgoingFrames(Memories(frames = FramesTo(mac, JobGuest.AddressOf(2)))), Receives = false });
        using GuestDomain domain = GuestDomain.Attach(InProcess().Port);
        using NicReceiver receiver = new(domain, domain.GetDevice(_device.Index));
        sender.Start();
        JobGuest.Until(() => sender.End.HasSentAll);
        Assert.That(JobGuest.Read(sender.End.Submitted, Frames), Is.EqualTo(JobGuest.DigestsOf(frames)));

        byte[] room = new byte[2048];
        using (DeviceLease lease = domain.GetDevice(_device.Index).Grab())
        {
            receiver.Start(in lease);
            foreach (byte[] frame in frames)
            {
                int length;
                while (!receiver.TryReceive(in lease, room, out length))
                    Assert.That(receiver.WaitForFrames(in lease, JobGuest.Patience), "the next frame comes");
                Assert.That(room[..length], Is.EqualTo(frame));
            }
        }

        Assert.That(sender.Finish(), Is.EqualTo(Sound));
        Assert.That(sender.End.Activity, Is.EqualTo(GuestActivity.Done));
    }

    [Test]
    public void WhatComesForItIsReportedByteForByteAndInOrder()
    {
        JobGuest receiver = Add(Job);
        Guest other = InProcess();
        using GuestDomain domain = GuestDomain.Attach(other.Port);
        GuestDevice device = domain.GetDevice(_device.Index);
        using NicTransmitter transmitter = new(domain, device);
        byte[][] frames = FramesTo(JobGuest.AddressOf(other.Id.Value), receiver.Mac);
        receiver.Start();
        int sent = 0;
        for (bool isDrained = false; sent < frames.Length || !isDrained;)
        {
            using DeviceLease lease = device.Grab();
            while (sent < frames.Length && transmitter.WaitForRoom(in lease, JobGuest.Patience) && transmitter.TrySend(in lease, frames[sent]))
                sent++;
            isDrained = transmitter.WaitForDrain(in lease, JobGuest.Patience);
        }

        // What it got by then may be less: it asks for the device until it has all that it is said to get.
        receiver.End.Announce(Frames);
        receiver.End.Enter(JobPhase.Settling);
        Assert.That(JobGuest.Read(receiver.End.Received, Frames), Is.EqualTo(JobGuest.DigestsOf(frames)));
        Assert.That(receiver.End.HasSentAll);
        Assert.That(receiver.Finish(), Is.EqualTo(Sound));
    }

    [Test]
    public void TwoOfThemShareTheDeviceReleaseWhenAskedAndLoseNoFrame()
    {
        _hypervisor.Dispose();
        Build(OverrunPolicy.Stop, HypervisorOptions.MaxDuration, _ledger = new FrameLedger(wireReturns: true));
        JobGuest[] guests = [.. Enumerable.Range(1, 2).Select(number => Add(mac => Job(mac) with
        {
            Rate = new FrameRate(5000),
            Outgoing = new OutgoingFrames(Memories(FramesTo(mac, mac)[..100])) { Repeats = true, Source = mac, Destinations = [JobGuest.AddressOf(3 - number), JobGuest.AddressOf(9)] },
        }))];
        foreach (JobGuest guest in guests)
            _ledger.Open(guest.Guest.Id, guest.Mac).Follow(guest.End);
        foreach (JobGuest guest in guests)
            guest.Start();
        JobGuest.Until(() => HasTended(_device.Statistics.ForcedStops > 0 || guests.All(guest => _device.GetOwnershipStatistics(guest.Guest).Grants > 50)));
        Assert.That(guests.Select(guest => guest.Guest.State), Is.All.EqualTo(GuestState.Running), "nobody outlives a grace of a second");
        foreach (JobGuest guest in guests)
            guest.End.Enter(JobPhase.Settling);
        JobGuest.Until(() => HasTended(guests.All(guest => guest.End.HasSentAll) && _nic.FramesUnderWay == 0 && _ledger.IsSettled));
        Assert.That(guests.Select(guest => guest.Finish()), Is.All.EqualTo(Sound));

        LedgerVerdict verdict = _ledger.Close(_ => false);
        Assert.That((verdict.IsWhole, string.Join('\n', verdict.Faults)), Is.EqualTo((true, string.Empty)));
        Assert.That(_ledger.Accounts.Select(account => account.Receiving.Counts.Received), Is.All.GreaterThan(100));
        Assert.That((_device.Statistics.Revocations > 50, _device.Statistics.ForcedStops, _device.State.State), Is.EqualTo((true, 0, DeviceState.Free)));
        Assert.That(guests.Select(guest => guest.End.LastRelease), Is.All.GreaterThan(TimeSpan.Zero));
    }

    [Test]
    public void OneThatDoesNotReleaseWhenAskedIsEndedAndTheDeviceGoesOn()
    {
        StartOver(OverrunPolicy.Stop);
        JobGuest hog = Add(mac => Job(mac) with { IsHog = true });
        GrabFrom(hog);

        // The fence comes before the signal: it may find out by its next grab, and end by itself.
        Assert.That(hog.AwaitEnd(), Is.EqualTo(Killed).Or.EqualTo(Sound));
        Assert.That((hog.Guest.State, _device.Statistics.ForcedStops > 0), Is.EqualTo((GuestState.Stopped, true)));
    }

    [Test]
    public void OneThatIsFrozenWhileItHoldsIsKilledAndTheDeviceGoesOn()
    {
        StartOver(OverrunPolicy.Stop);
        JobGuest frozen = Add(mac => Job(mac) with { IsHog = true });
        GrabFrom(frozen, () => Assert.That(InstalledProgram.Execute("sh", ["-c", $"kill -STOP {frozen.Guest.Process!.Id}"]).Code, Is.Zero));
        Assert.That(frozen.AwaitEnd(), Is.EqualTo(Killed));
        Assert.That((frozen.Guest.State, _device.Statistics.ForcedStops > 0), Is.EqualTo((GuestState.Stopped, true)));
    }

    [Test]
    public void OneWhoseDeviceIsTakenAsksAgainUntilItIsQuarantined()
    {
        StartOver(OverrunPolicy.Detach);
        JobGuest hog = Add(mac => Job(mac) with { IsHog = true });
        using GuestDomain domain = GuestDomain.Attach(InProcess().Port);
        hog.Start();
        for (int taken = 1; taken <= 3; taken++)
        {
            JobGuest.Until(() => hog.End.Activity == GuestActivity.Holding && _device.State.Owner == hog.Guest.Id);
            using DeviceLease lease = domain.GetDevice(_device.Index).Grab();
        }

        Assert.That(hog.AwaitEnd(), Is.EqualTo(Sound));
        Assert.That((hog.Guest.State, hog.End.Activity), Is.EqualTo((GuestState.Stopped, GuestActivity.Stopped)));
    }

    [Test]
    public void OneThatIsKilledAtAnyMomentLeavesNothingBehind()
    {
        Random random = new(11);
        JobGuest lasting = Add(Sending);
        lasting.Start();
        for (int round = 0; round < 25; round++)
        {
            JobGuest victim = Add(Sending);
            victim.Start();
            int far = random.Next(1, 400);
            int done = 0;
            JobGuest.Until(() => (done += ReadAll(victim, lasting)) >= far);
            using (Process process = Process.GetProcessById(victim.Guest.Process!.Id))
                process.Kill();
            Assert.That(victim.AwaitEnd(), Is.EqualTo(Killed));
            Assert.That(_device.State.Owner, Is.Not.EqualTo(victim.Guest.Id));
            _hypervisor.RemoveGuest(victim.Guest);
        }

        int more = 0;
        JobGuest.Until(() => (more += ReadAll(lasting)) >= 100);
        Assert.That(lasting.Finish(), Is.EqualTo(Sound));
        Assert.That((_device.State.State, _device.Statistics.ForcedStops), Is.EqualTo((DeviceState.Free, 0)));
    }

    [Test]
    public void ADeviceThatIsUnpluggedEndsItWithTheReason()
    {
        JobGuest holder = Add(mac => Job(mac) with { IsHog = true });
        holder.Start();
        JobGuest.Until(() => holder.End.Activity == GuestActivity.Holding);
        JobGuest waiter = Add(Job);
        waiter.Start();
        JobGuest.Until(() => waiter.End.Activity == GuestActivity.Waiting);
        _hypervisor.RemoveDevice(_device);
        Assert.That(waiter.AwaitEnd(), Is.EqualTo(new GuestExit(1, null)));
        Assert.That(waiter.End.Failure, Does.Contain("The device 0 is not to be had").And.Contain("-19"));
    }

    [Test]
    public void ADeviceThatIsNotItsOwnEndsItWithTheReason()
    {
        JobGuest guest = Add(mac => Job(mac) with { Device = new DeviceIndex(5) });
        guest.Start();
        Assert.That(guest.AwaitEnd(), Is.EqualTo(new GuestExit(1, null)));
        Assert.That((guest.End.Activity, guest.End.Failure), Is.EqualTo((GuestActivity.Failed, "The device 5 is not to be had: a hypercall answered -19 (docs/abi.md, Results).")));
    }

    [TestCase(JobLayout.Magic)]
    [TestCase(JobLayout.Version)]
    [TestCase(JobLayout.ReportCount)]
    [TestCase(JobLayout.SubmittedRing)]
    [TestCase(JobLayout.FrameTable)]
    public void AJobThatItDoesNotKnowIsRefused(int field)
    {
        JobGuest guest = Add(Sending);
        new JobMemory(guest.Guest.Application, guest.Guest).Write32(field, 0xFFFF_FFFF);
        guest.Start();
        Assert.That(guest.AwaitEnd(), Is.EqualTo(new GuestExit(2, null)));
        Assert.That((guest.End.Activity, _device.Statistics.Grants), Is.EqualTo((GuestActivity.Starting, 0)));
    }

    private GuestJob Job(MacAddress mac) => JobGuest.Listening(_device, mac);

    private GuestJob Sending(MacAddress mac) => Job(mac) with
    {
        Outgoing = new OutgoingFrames(Memories(FramesTo(mac, JobGuest.AddressOf(77))[..50])) { Repeats = true, Source = mac },
    };

    private JobGuest Add(Func<MacAddress, GuestJob> job) => new(_hypervisor, _device, job);

    private Guest InProcess()
    {
        Guest guest = _hypervisor.AddGuest();
        _nic.SetMacAddress(guest.Id, JobGuest.AddressOf(guest.Id.Value));
        _hypervisor.Assign(guest, _device);
        return guest;
    }

    private void Build(OverrunPolicy policy, TimeSpan grace, IFrameObserver? observer)
    {
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions
        {
            Slice = TimeSpan.FromMilliseconds(1),
            Grace = grace,
            Policy = policy,
            ApplicationBytes = (int)JobWriting.BytesFor(new OutgoingFrames(Memories(FramesTo(default, default))) { Destinations = new MacAddress[8] }),
        });
        _nic = new Nic(new LoopbackWire(), new NicOptions { Observer = observer });
        _device = _hypervisor.AddDevice(_nic);
    }

    // With a grace that is soon over.
    private void StartOver(OverrunPolicy policy)
    {
        _hypervisor.Dispose();
        Build(policy, TimeSpan.FromMilliseconds(5), observer: null);
    }

    // Another guest gets the device from one that keeps it.
    private void GrabFrom(JobGuest hog, Action? before = null)
    {
        hog.Start();
        JobGuest.Until(() => hog.End.Activity == GuestActivity.Holding);
        before?.Invoke();
        using GuestDomain domain = GuestDomain.Attach(InProcess().Port);
        domain.GetDevice(_device.Index).Grab().Dispose();
    }

    private bool HasTended(bool answer)
    {
        _ledger.Drain();
        return answer;
    }

    private static int ReadAll(params JobGuest[] guests)
    {
        int count = 0;
        foreach (ReportReader reports in guests.SelectMany(guest => new[] { guest.End.Submitted, guest.End.Received }))
        {
            for (uint left = reports.Look(); left > 0; left--, count++)
                reports.Read();
        }

        return count;
    }

    private static byte[][] FramesTo(MacAddress from, MacAddress to) => [.. Enumerable.Range(0, Frames).Select(number => JobGuest.Frame(from, to, number))];

    private static ReadOnlyMemory<byte>[] Memories(byte[][] frames) => [.. frames.Select(frame => new ReadOnlyMemory<byte>(frame))];
}
