using Vpio.Abi.Network;
using Vpio.Hypervisor.Captures;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Tests.Traffic;

internal sealed class CaptureTrafficTests
{
    private static readonly MacAddress A = Frames.Mac(1);
    private static readonly MacAddress B = Frames.Mac(2);
    private static readonly MacAddress C = Frames.Mac(3);

    [Test]
    public void EachSourceIsAGuestWithItsFramesInOrder()
    {
        byte[][] frames = [Frames.Make(A, B, mark: 1), Frames.Make(B, A, mark: 2), Frames.Make(A, C, mark: 3)];
        TrafficPlan plan = Plan(new RunOptions(), frames);

        Assert.That(plan.Guests.Select(guest => guest.Mac), Is.EqualTo(new[] { A, B }));
        OutgoingFrames outgoing = plan.Guests[0].Outgoing!;
        Assert.That(outgoing.Repeats, Is.False);
        Assert.That(outgoing.Frames.Select(frame => frame.ToArray()), Is.EqualTo(new[] { frames[0], frames[2] }));
        Assert.That(plan.Wire, Is.EqualTo(WireShape.Outlet));
        Assert.That(plan.Duration, Is.Null);
        Assert.That(plan.Rate.IsMax, Is.True);
    }

    [Test]
    public void AMixedReplayAddsThoseWhoOnlyReceive()
    {
        TrafficPlan plan = Plan(new RunOptions { Role = RunRole.Mixed }, [Frames.Make(A, B), Frames.Make(B, C), Frames.Make(A, MacAddress.Broadcast)]);
        Assert.That(plan.Guests.Select(guest => (guest.Mac, guest.Role)), Is.EqualTo(new[] { (A, GuestRole.Tx), (B, GuestRole.Tx), (C, GuestRole.Rx) }));
    }

    [Test]
    public void AReceivingReplayHasAGuestForEachDestination()
    {
        TrafficPlan plan = Plan(new RunOptions { Role = RunRole.Rx }, [Frames.Make(A, B), Frames.Make(B, C), Frames.Make(A, MacAddress.Broadcast)]);
        Assert.That(plan.Guests.Select(guest => (guest.Mac, guest.Role)), Is.EqualTo(new[] { (B, GuestRole.Rx), (C, GuestRole.Rx) }));
        Assert.That(plan.FarEnd!.Frames, Has.Count.EqualTo(3));
    }

    [Test]
    public void TooFewGuestsAreToldHowManyItNeeds() => Assert.That(
        () => Plan(new RunOptions { Guests = 2, Hogs = 1 }, [Frames.Make(A, B), Frames.Make(B, A)]),
        Throws.TypeOf<UsageException>().With.Message.Contains("needs 3 guests"));

    [Test]
    public void GuestsBeyondTheCapturesOnlyAreThereAndHogsComeLast()
    {
        TrafficPlan plan = Plan(new RunOptions { Guests = 4, Hogs = 1 }, [Frames.Make(GuestAddress.Of(1), B)]);
        Assert.That(plan.Guests.Select(guest => (guest.Role, guest.IsHog)), Is.EqualTo(new[]
        {
            (GuestRole.Tx, false), (GuestRole.Idle, false), (GuestRole.Idle, false), (GuestRole.Idle, true),
        }));
        Assert.That(plan.Guests.Select(guest => guest.Mac), Is.Unique);
    }

    [Test]
    public void MoreSourcesThanGuestsThereCanBeAreRefused() => Assert.That(
        () => Plan(new RunOptions(), [.. Enumerable.Range(0, 1025).Select(i => Frames.Make(Frames.Mac(i), B))]),
        Throws.TypeOf<UsageException>().With.Message.Contains("1025").And.Message.Contains("1024"));

    [Test]
    public void FramesThatTheNicCannotCarryAreCountedByReasonAndNamed()
    {
        var frames = new List<(byte[], int)> { (Frames.Make(A, B, 1514), 1514), (Frames.Make(A, B, 14), 14), (new byte[13], 13), (Frames.Make(A, B, 96), 2962) };
        for (int i = 0; i < 7; i++)
            frames.Add((Frames.Make(A, B, 1515), 1515));
        CaptureContents contents = CaptureContents.Read(new MemoryStream(CaptureBuilder.Classic(frames)), "x");

        Assert.That(contents.Frames, Has.Count.EqualTo(2));
        Assert.That(contents.NotCarried.Counts, Is.EqualTo(new[] { (NotCarriedReason.TooLong, 8L), (NotCarriedReason.TooShort, 1L) }));
        string sentence = contents.NotCarried.Sentences.First();
        Assert.That(sentence, Does.Contain($"record 4 (2962 bytes from {A})").And.Contain("record 8 ").And.EndWith("and 3 more"));
        Assert.That(sentence, Does.Not.Contain("record 9 "));
    }

    [Test]
    public void FramesCutByTheSnapLengthAreCarriedAsCaptured()
    {
        CaptureContents contents = CaptureContents.Read(new MemoryStream(CaptureBuilder.Classic([(Frames.Make(A, B, 96), 1000)])), "x");
        Assert.That(contents.Frames.Single().Length, Is.EqualTo(96));
        Assert.That(contents.CutFrames, Is.EqualTo(1));
    }

    [Test]
    public void ACaptureOfAnotherLinkTypeIsRefused() => Assert.That(
        () => CaptureContents.Read(new MemoryStream(CaptureBuilder.Classic([new byte[60]], LinkType.LinuxCooked)), "x.pcap"),
        Throws.TypeOf<UsageException>().With.Message.Contains("x.pcap").And.Message.Contains("cooked"));

    [Test]
    public void ACaptureWithoutFramesIsRefused() => Assert.That(
        () => CaptureContents.Read(new MemoryStream(CaptureBuilder.Classic(Array.Empty<byte[]>())), "x.pcap"),
        Throws.TypeOf<UsageException>().With.Message.Contains("no frames"));

    private static TrafficPlan Plan(RunOptions options, byte[][] frames) =>
        CaptureTraffic.Plan(options, CaptureContents.Read(new MemoryStream(CaptureBuilder.Classic(frames)), "test"));
}
