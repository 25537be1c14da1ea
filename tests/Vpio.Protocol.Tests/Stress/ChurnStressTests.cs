using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Protocol.Tests.Stress;

/// <summary>Runs the protocol on real threads while guests and devices come and go, and judges the recorded histories by <see cref="OwnershipLaw"/>.</summary>
[TestFixture]
[Category("Stress")]
internal sealed class ChurnStressTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [TestCase(4, 1, 1500)]
    [TestCase(12, 3, 400)]
    [TestCase(64, 1, 100)]
    public void WhatGuestsSawIsWhatOneOwnerAfterAnotherWouldShow(int guests, int devices, int turns)
    {
        using ReferenceHypervisor hypervisor = New();
        SharedDevice[] shared = [.. Enumerable.Range(0, devices).Select(_ => hypervisor.AddDevice(new Nic(new LoopbackWire())))];
        History[] histories = [.. shared.Select(_ => new History())];
        Player[] players = [.. Enumerable.Range(0, guests).Select(i => NewPlayer(hypervisor, shared[i % devices], histories[i % devices], i))];
        Run(players, player => player.Play(turns));

        Assert.That(players.Select(player => player.Turns), Has.All.EqualTo(turns), "a guest was stopped");
        AssertLawful(histories);
        foreach (SharedDevice device in shared)
            Assert.That((device.State.State, device.Slot.Waiters), Is.EqualTo((DeviceState.Free, 0)));
        Assert.That(shared.Sum(device => (long)device.Slot.Revocations), Is.Positive, "some held on until they were asked");
        TestContext.Out.WriteLine($"{histories.Sum(history => history.Deeds.Count)} deeds, {shared.Sum(device => (long)device.Slot.Revocations)} revocations");
    }

    [Test]
    public void GuestsThatAreStoppedResumedAndRemovedUnderLoadLeaveALawfulHistory()
    {
        using ReferenceHypervisor hypervisor = New();
        SharedDevice device = hypervisor.AddDevice(new Nic(new LoopbackWire()));
        History history = new();
        Player[] lasting = [.. Enumerable.Range(0, 4).Select(i => NewPlayer(hypervisor, device, history, i))];
        using CancellationTokenSource over = new();
        Task reaper = Start(() => StopAndRemoveGuests(hypervisor, device, history, over.Token));
        Run(lasting, player => player.Play(1000));
        over.Cancel();

        Assert.That(reaper.Wait(Patience));
        Assert.That(lasting.Select(player => player.Turns), Has.All.EqualTo(1000), "a guest was stopped that nobody stopped");
        AssertLawful(history);
        Assert.That((device.State.State, device.Slot.Waiters), Is.EqualTo((DeviceState.Free, 0)));
    }

    [Test]
    public void GuestsThatAreDetachedQuarantinedAndResumedUnderLoadLeaveALawfulHistory()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions
        {
            Slice = HypervisorOptions.MinDuration,
            Grace = HypervisorOptions.MinDuration,
            Policy = OverrunPolicy.Detach,
            GuestMemoryBytes = 4096,
        });
        SharedDevice device = hypervisor.AddDevice(new Nic(new LoopbackWire()));
        History history = new();
        Player[] players = [.. Enumerable.Range(0, 6).Select(i => NewPlayer(hypervisor, device, history, i, isHog: i % 3 == 0))];
        using CancellationTokenSource over = new();
        (int Quarantined, int Stopped) resumed = default;
        Task domainZero = Start(() => resumed = ResumeGuests(players, device, over.Token));
        Run(players, player => PlayOn(player, 300));
        over.Cancel();
        Assert.That(domainZero.Wait(Patience));
        Array.ForEach(players, player => hypervisor.RemoveGuest(player.Guest.Guest)); // And with it what a last forced end has left to do.

        AssertLawful(history);
        Assert.That((device.State.State, device.Slot.Waiters), Is.EqualTo((DeviceState.Free, 0)));
        Assert.That(resumed.Quarantined, Is.Positive, "hogs were quarantined, and had the rest of their turns after that");
        Assert.That(resumed.Stopped, Is.Positive, "and stopped while the policy was to");
        TestContext.Out.WriteLine($"{history.Deeds.Count} deeds, {device.Slot.ForcedStops} forced ends, resumed: {resumed}");
    }

    [Test]
    public void UnpluggingAndPluggingUnderLoadEndsEveryOwnershipOnceAndNumbersGoOn()
    {
        using ReferenceHypervisor hypervisor = New();
        RawGuest[] guests = [.. Enumerable.Range(0, 6).Select(_ => new RawGuest(hypervisor.AddGuest()))];
        History history = new();
        for (int round = 0; round < 30; round++)
        {
            SharedDevice device = hypervisor.AddDevice(new Nic(new LoopbackWire()));
            Assert.That(device.Index.Value, Is.Zero, "the slot is used again");
            Player[] players = [.. guests.Select((guest, i) => Assign(hypervisor, device, guest, history, (round * 100) + i))];
            Task[] threads = [.. players.Select(player => Start(() => player.Play(int.MaxValue)))];
            Assert.That(SpinWait.SpinUntil(() => device.Statistics.Grants > 50, Patience));
            long start = history.Moment();
            hypervisor.RemoveDevice(device);
            history.Add(DeedKind.Interrupted, DomainId.Invalid, default, start);
            Assert.That(Task.WaitAll(threads, Patience), "a guest waits for a device that is gone");
        }

        AssertLawful(history);
        Assert.That(guests.Select(guest => guest.Guest.State), Has.All.EqualTo(GuestState.Running));
    }

    private static ReferenceHypervisor New() =>
        new(new HypervisorOptions { Slice = HypervisorOptions.MinDuration, Grace = HypervisorOptions.MaxDuration, GuestMemoryBytes = 4096 });

    private static Task Start(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Run(Player[] players, Action<Player> play)
    {
        using Barrier together = new(players.Length);
        Task[] threads = [.. players.Select(player => Start(() =>
        {
            together.SignalAndWait();
            play(player);
        }))];
        Assert.That(Task.WaitAll(threads, Patience), "a guest waits for ever");
    }

    /// <summary>Plays through all forced ends.</summary>
    private static void PlayOn(Player player, int turns)
    {
        while (player.Turns < turns)
        {
            player.Play(turns);
            Assert.That(SpinWait.SpinUntil(() => player.Guest.Guest.State == GuestState.Running, Patience), "nobody resumes it");
        }
    }

    private static Player NewPlayer(ReferenceHypervisor hypervisor, SharedDevice device, History history, int seed, bool isHog = false) =>
        Assign(hypervisor, device, new RawGuest(hypervisor.AddGuest()), history, seed, isHog);

    private static Player Assign(ReferenceHypervisor hypervisor, SharedDevice device, RawGuest guest, History history, int seed, bool isHog = false)
    {
        ((Nic)device.Device).SetMacAddress(guest.Id, World.AddressOf(guest.Id.Value));
        hypervisor.Assign(guest.Guest, device);
        return new Player(guest, device.Index.Value, history, seed) { IsHog = isHog };
    }

    private static void StopAndRemoveGuests(ReferenceHypervisor hypervisor, SharedDevice device, History history, CancellationToken over)
    {
        Random random = new(99);
        while (!over.IsCancellationRequested)
        {
            Player victim = NewPlayer(hypervisor, device, history, random.Next());
            Task life = Start(() => victim.Play(int.MaxValue));
            SpinWait.SpinUntil(() => victim.Turns > 3, 100);
            victim.Guest.Guest.Stop();
            Assert.That(life.Wait(Patience), "a stopped guest's call never returned");
            victim.Guest.Guest.Resume();
            Task second = Start(() => victim.Play(int.MaxValue));
            SpinWait.SpinUntil(() => second.IsCompleted, random.Next(3));
            hypervisor.RemoveGuest(victim.Guest.Guest);
            Assert.That(second.Wait(Patience), "a removed guest's call never returned");
        }
    }

    /// <summary>Resumes whoever was quarantined or stopped, and changes the terms all the time.</summary>
    private static (int Quarantined, int Stopped) ResumeGuests(Player[] players, SharedDevice device, CancellationToken over)
    {
        Random random = new(7);
        (int Quarantined, int Stopped) resumed = default;
        while (!over.IsCancellationRequested)
        {
            device.Policy = random.Next(4) == 0 ? OverrunPolicy.Stop : OverrunPolicy.Detach;
            device.Slice = HypervisorOptions.MinDuration * random.Next(1, 5);
            Guest guest = players[random.Next(players.Length)].Guest.Guest;
            device.SetWeight(guest, random.Next(1, 17));
            GuestState state = guest.State;
            if (state == GuestState.Running)
                continue;
            guest.Resume();
            resumed = state == GuestState.Quarantined ? (resumed.Quarantined + 1, resumed.Stopped) : (resumed.Quarantined, resumed.Stopped + 1);
        }

        return resumed;
    }

    private static void AssertLawful(params History[] histories)
    {
        foreach (History history in histories)
            Assert.That(OwnershipLaw.Breaches(history.Deeds).Take(10), Is.Empty);
    }
}
