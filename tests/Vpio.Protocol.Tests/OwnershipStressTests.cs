using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Protocol.Tests;

/// <summary>Runs the ownership protocol on real threads and real time: what the hardware's own order and the timer's races do to it.</summary>
[TestFixture]
[Category("Stress")]
internal sealed class OwnershipStressTests
{
    private const int Guests = 6;
    private const int TurnsOfEach = 1500;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Test]
    public void NoTwoGuestsEverHoldTheDeviceAndNoWakeUpIsLost()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = HypervisorOptions.MinDuration, Grace = HypervisorOptions.MaxDuration });
        RawGuest[] guests = AddGuests(hypervisor, out _);
        int holders = 0;
        int overlaps = 0;
        Task[] threads = [.. guests.Select((guest, i) => Start(() => TakeTurns(guest, new Random(i), () =>
        {
            if (Interlocked.Increment(ref holders) != 1)
                Interlocked.Increment(ref overlaps);
            Thread.SpinWait(20);
            Interlocked.Decrement(ref holders);
        })))];

        Assert.That(Task.WaitAll(threads, Patience), "a guest waits for ever: its wake-up was lost");
        Assert.That(overlaps, Is.Zero);
        Assert.That(guests[0].Word.State, Is.EqualTo(DeviceState.Free));
        Assert.That(guests[0].Slot.Waiters, Is.Zero);
        Assert.That(guests[0].Slot.ForcedStops, Is.Zero);
    }

    [Test]
    public void GuestsThatAreStoppedAndRemovedUnderLoadTakeNothingWithThem()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = HypervisorOptions.MinDuration, Grace = HypervisorOptions.MaxDuration });
        RawGuest[] guests = AddGuests(hypervisor, out SharedDevice device);
        using CancellationTokenSource over = new();
        Task[] threads = [.. guests.Skip(1).Select((guest, i) => Start(() => TakeTurns(guest, new Random(i), () => Thread.SpinWait(20))))];
        Task killer = Start(() =>
        {
            Random random = new(99);
            while (!over.IsCancellationRequested)
            {
                RawGuest victim = AddGuest(hypervisor, device);
                Task life = Start(() => TakeTurns(victim, new Random(random.Next()), () => Thread.SpinWait(200)));
                SpinWait.SpinUntil(() => life.IsCompleted, random.Next(3));
                if (random.Next(2) == 0)
                    victim.Guest.Stop();
                hypervisor.RemoveGuest(victim.Guest);
                Assert.That(life.Wait(Patience), "a removed guest's call never returned");
            }
        });

        Assert.That(Task.WaitAll(threads, Patience), "a guest waits for ever: a stopped one took its turn along");
        over.Cancel();
        Assert.That(killer.Wait(Patience));
        Assert.That(guests[0].Word.State, Is.EqualTo(DeviceState.Free));
        Assert.That(guests[0].TryGrab(), Is.EqualTo(DeviceStatus.Ok));
    }

    private static Task Start(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static RawGuest[] AddGuests(ReferenceHypervisor hypervisor, out SharedDevice device)
    {
        SharedDevice added = hypervisor.AddDevice(new Nic(new LoopbackWire()));
        device = added;
        return [.. Enumerable.Range(0, Guests).Select(_ => AddGuest(hypervisor, added))];
    }

    private static RawGuest AddGuest(ReferenceHypervisor hypervisor, SharedDevice device)
    {
        Guest guest = hypervisor.AddGuest();
        ((Nic)device.Device).SetMacAddress(guest.Id, World.AddressOf(guest.Id.Value));
        hypervisor.Assign(guest, device);
        return new RawGuest(guest);
    }

    /// <summary>Grabs and releases in each way there is, until it has had its turns or is stopped.</summary>
    private static void TakeTurns(RawGuest guest, Random random, Action whileHolding)
    {
        for (int turn = 0; turn < TurnsOfEach;)
        {
            DeviceStatus status = random.Next(3) == 0 ? guest.TryGrab() : guest.Queue();
            if (status == DeviceStatus.Queued)
                status = random.Next(4) == 0 && guest.Cancel() == DeviceStatus.Ok ? DeviceStatus.Busy : AwaitGrant(guest);
            if (status == DeviceStatus.Denied)
                return;
            if (status != DeviceStatus.Ok)
                continue;

            Generation held = guest.Generation;
            whileHolding();
            turn++;
            if (guest.Release(held) == DeviceStatus.Denied)
                return;
        }
    }

    private static DeviceStatus AwaitGrant(RawGuest guest)
    {
        // Clear before looking: a grant after the look raises the upcall again.
        while (true)
        {
            guest.TakeEvents();
            if (guest.Owns)
                return DeviceStatus.Ok;
            if (guest.Wait() == DeviceStatus.Denied)
                return DeviceStatus.Denied;
        }
    }
}
