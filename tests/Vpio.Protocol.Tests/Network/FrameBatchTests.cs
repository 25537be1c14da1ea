using Vpio.Abi;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Holds what frames that come and go many at a time keep of what one at a time had: a release sees what was sent before it, and no frame's memory is lent twice.</summary>
[TestFixture]
internal sealed class FrameBatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public void WhatABatchBringsToOneGuestIsThereBeforeItCountsAndBeforeTheBatchEnds()
    {
        using ManualResetEventSlim reached = new();
        using ManualResetEventSlim goOn = new();
        FrameLog log = new();
        using World world = new(guests: 2, new NicOptions { Observer = log });
        (RawGuest sender, RawGuest receiver) = (world.Guests[0], world.Guests[1]);
        log.OnArrived = (_, _) =>
        {
            reached.Set();
            goOn.Wait();
        };
        try
        {
            RawNic nic = new RawNic(sender).MapAll();
            sender.TryGrab();
            nic.Start();
            nic.Post(RawNic.Frame(World.AddressOf(receiver.Id.Value), nic.Address, 1));
            nic.Post(RawNic.Frame(World.AddressOf(receiver.Id.Value), nic.Address, 2));
            nic.Send(RawNic.Frame(World.AddressOf(receiver.Id.Value), nic.Address, 3));
            Assert.That(reached.Wait(Patience), "no frame came to that guest");
            Assert.That(world.Nic.GetCounters(sender.Id).TxFrames, Is.Zero, "counted before it is there");
            Task<DeviceStatus> release = Task.Factory.StartNew(() => sender.Release(), TaskCreationOptions.LongRunning);
            Assert.That(release.Wait(TimeSpan.FromMilliseconds(50)), Is.False, "the batch ended before its frames are there");
            goOn.Set();
            Assert.That(release.Wait(Patience));
            Assert.That(log.AcceptedFor(receiver.Id), Is.EqualTo(new[] { 1, 2, 3 }));
            Assert.That(receiver.Query().RxParked, Is.EqualTo(3));
        }
        finally
        {
            goOn.Set(); // A test that failed must not leave the device where it holds it up.
        }
    }

    [Test]
    public void FramesThatAreDiscardedWhileTheyAreLentAreTheBorrowers()
    {
        FramePool pool = new();
        ParkingBuffer parking = new(new DomainId(1), new NicOptions());
        KeptFrame[] frames = [.. Enumerable.Range(0, 4).Select(number => pool.Keep(RawNic.Frame(World.AddressOf(1), World.AddressOf(2), number), toGroup: false))];
        parking.Add(frames, admitted: true, out _);
        KeptFrame[] lent = new KeptFrame[2];
        Assert.That(parking.Lend(lent), Is.EqualTo(2));
        Assert.That(lent, Is.EqualTo(frames[..2]));

        parking.Discard();
        KeptFrame[] later = [pool.Keep(lent[0].Bytes, toGroup: false), pool.Keep(lent[0].Bytes, toGroup: false), pool.Keep(lent[0].Bytes, toGroup: false)];
        Assert.That(later.Intersect(lent), Is.Empty, "their memory is used again while they are delivered");
        Assert.That(later.Intersect(frames), Has.Exactly(2).Items, "the memory of the others is lost");
        parking.Add(later.AsSpan(0, 1), admitted: true, out bool wasEmpty);
        Assert.That(wasEmpty, "they are still there");

        Assert.That(parking.EndLoan(lent.Length, delivered: 1), Is.EqualTo(2), "nobody lets go of one");
        Assert.That(parking.Lend(lent), Is.EqualTo(1));
        Assert.That(lent[0], Is.SameAs(later[0]), "one went that was not lent");
    }

    [Test]
    public void WhatIsNotDeliveredOfALoanStaysFirst()
    {
        FramePool pool = new();
        ParkingBuffer parking = new(new DomainId(1), new NicOptions());
        KeptFrame[] frames = [.. Enumerable.Range(0, 20).Select(number => pool.Keep(RawNic.Frame(World.AddressOf(1), World.AddressOf(2), number), toGroup: false))];
        KeptFrame[] lent = new KeptFrame[16];
        int first = 0;
        for (int round = 0; round < 40; round++)
        {
            // Always 5 there, 3 taken: so the loan goes past the end of the places again and again.
            for (int end = round == 0 ? 0 : first + 2; end < first + 5; end++)
                parking.Add(frames.AsSpan(end % frames.Length, 1), admitted: true, out _);
            Assert.That(parking.Lend(lent), Is.EqualTo(5));
            for (int i = 0; i < 5; i++)
                Assert.That(lent[i], Is.SameAs(frames[(first + i) % frames.Length]), $"round {round}, {i}");
            Assert.That(parking.EndLoan(5, delivered: 3), Is.EqualTo(3));
            first += 3;
        }
    }
}
