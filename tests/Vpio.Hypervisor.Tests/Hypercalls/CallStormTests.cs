using Vpio.Abi;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Holds the promise that no call, whatever its bytes, harms the hypervisor or another guest.</summary>
[TestFixture]
internal sealed class CallStormTests
{
    private const int Guests = 4;
    private const int Threads = 2;
    private const int CallsOfEachThread = 150_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan AtTheLatest = TimeSpan.FromSeconds(30);

    [Test]
    public void AStormOfCallsOnRealThreadsLeavesAHypervisorThatServesTheNextGuest([Values(1, 2)] int seed)
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = 2 * HypervisorOptions.MinDuration, Grace = 2 * HypervisorOptions.MinDuration });
        SharedDevice[] devices = [AddDevice(hypervisor), AddDevice(hypervisor)];
        RawGuest[] guests = [.. Enumerable.Range(0, Guests).Select(_ => AddGuest(hypervisor, devices))];
        RandomCaller[] callers = [.. Enumerable.Range(0, Threads).Select(thread => new RandomCaller((10 * seed) + thread, guests, mayWait: true))];
        Task[] threads = [.. callers.Select((caller, thread) => Task.Factory.StartNew(() => Storm(caller, guests, resumes: thread == 0), TaskCreationOptions.LongRunning))];
        Assert.That(Task.WaitAll(threads, Patience), "a call never returned");

        AssertEachOwnershipWasOneGuests(callers);
        CalmDown(guests);
        foreach (SharedDevice device in devices)
            AssertServesNextGuest(AddGuest(hypervisor, devices), device.Index.Value);
    }

    [Test]
    public void AfterAStormTheNextGuestHasTheDeviceWithinSliceAndGrace([Values(1, 2, 3)] int seed)
    {
        using World world = new(Guests);
        Random random = new(seed);
        RandomCaller caller = new(seed, world.Guests, mayWait: false);
        for (int call = 0; call < 50_000; call++)
        {
            caller.CallOnce();
            if (random.Next(20) == 0)
                world.Time.Advance(TimeSpan.FromTicks(random.Next(30_000)));
            if (random.Next(50) == 0)
                Resume(world.Guests);
        }

        AssertEachOwnershipWasOneGuests([caller]);
        Assert.That(caller.Seen, Is.EquivalentTo(Enum.GetValues<DeviceStatus>().Except([DeviceStatus.NoMemory])), "a storm meets every answer");
        CalmDown(world.Guests);
        RawGuest next = world.AddGuest();
        if (next.Queue() == DeviceStatus.Queued && !next.Owns)
        {
            world.UseUpSlice();
            world.UseUpGrace();
        }

        Assert.That(next.Owns, $"{next.Word}");
        Assert.That(next.Release(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(next.Word, Is.EqualTo(next.Word.WithoutOwner(DeviceState.Free)));
        Assert.That(next.Slot.Waiters, Is.Zero);
    }

    private static void Storm(RandomCaller caller, RawGuest[] guests, bool resumes)
    {
        for (int call = 0; call < CallsOfEachThread; call++)
        {
            caller.CallOnce();
            if (resumes && call % 64 == 0)
                Resume(guests);
        }
    }

    private static void Resume(RawGuest[] guests)
    {
        foreach (RawGuest guest in guests.Where(guest => guest.Guest.State == GuestState.Stopped))
            guest.Guest.Resume();
    }

    private static void AssertEachOwnershipWasOneGuests(RandomCaller[] callers)
    {
        Assert.That(callers.SelectMany(caller => caller.Grabbed), Is.Unique.And.Not.Empty, "two grabs got the same ownership");
        Assert.That(callers.SelectMany(caller => caller.Released), Is.Unique.And.Not.Empty, "one ownership was given back twice");
    }

    /// <summary>Lets nobody wait any more. A guest that runs answers; one that is stopped over a grace that just ended is resumed.</summary>
    private static void CalmDown(RawGuest[] guests)
    {
        foreach (RawGuest guest in guests)
        {
            for (uint device = 0; device < 2; device++)
            {
                bool answers = SpinWait.SpinUntil(
                    () =>
                    {
                        Resume([guest]);
                        return guest.Cancel(device) != DeviceStatus.Denied;
                    },
                    AtTheLatest);
                Assert.That(answers, $"guest {guest.Id} is {guest.Guest.State} and yet denied everything");
            }
        }
    }

    private static void AssertServesNextGuest(RawGuest next, uint device)
    {
        DeviceIndex index = new(device);
        Assert.That(next.Queue(device), Is.EqualTo(DeviceStatus.Queued).Or.EqualTo(DeviceStatus.Ok));
        Assert.That(SpinWait.SpinUntil(() => next.WordOf(index).IsHeld && next.WordOf(index).Owner == next.Id, AtTheLatest), $"{next.WordOf(index)}");
        Assert.That(next.Release(next.WordOf(index).Generation, device), Is.EqualTo(DeviceStatus.Ok));
    }

    private static SharedDevice AddDevice(ReferenceHypervisor hypervisor) => hypervisor.AddDevice(new Nic(new LoopbackWire()));

    private static RawGuest AddGuest(ReferenceHypervisor hypervisor, SharedDevice[] devices)
    {
        Guest guest = hypervisor.AddGuest();
        foreach (SharedDevice device in devices)
        {
            ((Nic)device.Device).SetMacAddress(guest.Id, World.AddressOf(guest.Id.Value));
            hypervisor.Assign(guest, device);
        }

        return new RawGuest(guest);
    }
}
