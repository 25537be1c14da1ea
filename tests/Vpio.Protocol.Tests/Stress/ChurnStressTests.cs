using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

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
        Run(players, turns);

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
        Run(lasting, 1000);
        over.Cancel();

        Assert.That(reaper.Wait(Patience));
        Assert.That(lasting.Select(player => player.Turns), Has.All.EqualTo(1000), "a guest was stopped that nobody stopped");
        AssertLawful(history);
        Assert.That((device.State.State, device.Slot.Waiters), Is.EqualTo((DeviceState.Free, 0)));
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
        new(new HypervisorOptions { Slice = HypervisorOptions.Shortest, Grace = HypervisorOptions.Longest, GuestMemoryBytes = 4096 });

    private static Task Start(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Run(Player[] players, int turns)
    {
        using Barrier together = new(players.Length);
        Task[] threads = [.. players.Select(player => Start(() =>
        {
            together.SignalAndWait();
            player.Play(turns);
        }))];
        Assert.That(Task.WaitAll(threads, Patience), "a guest waits for ever");
    }

    private static Player NewPlayer(ReferenceHypervisor hypervisor, SharedDevice device, History history, int seed) =>
        Assign(hypervisor, device, new RawGuest(hypervisor.AddGuest()), history, seed);

    private static Player Assign(ReferenceHypervisor hypervisor, SharedDevice device, RawGuest guest, History history, int seed)
    {
        ((Nic)device.Device).SetMacAddress(guest.Id, World.AddressOf(guest.Id.Value));
        hypervisor.Assign(guest.Guest, device);
        return new Player(guest, device.Index.Value, history, seed);
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

    private static void AssertLawful(params History[] histories)
    {
        foreach (History history in histories)
            Assert.That(OwnershipLaw.Breaches(history.Deeds).Take(10), Is.Empty);
    }
}
