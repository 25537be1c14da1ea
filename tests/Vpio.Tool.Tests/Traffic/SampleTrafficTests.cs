using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Tests.Traffic;

internal sealed class SampleTrafficTests
{
    [Test]
    public void TheSampleShipsWithTheToolAndIsWhole()
    {
        CaptureContents sample = SampleTraffic.ReadSample();
        Assert.That(sample.Frames, Has.Count.GreaterThan(100));
        Assert.That(sample.NotCarried.Total, Is.Zero);
        Assert.That(sample.CutFrames, Is.Zero);
    }

    [TestCase(1, 1)]
    [TestCase(2, 1)]
    [TestCase(4, 2)]
    [TestCase(5, 3)]
    public void AMixedRunGivesTransmittersTheLargerHalf(int guests, int transmitters)
    {
        TrafficPlan plan = Plan(new RunOptions { Guests = guests });
        Assert.That(plan.Guests.Count(guest => guest.Role == GuestRole.Tx), Is.EqualTo(transmitters));
        Assert.That(plan.Guests, Has.Count.EqualTo(guests));
        Assert.That(plan.Wire, Is.EqualTo(WireShape.Loopback));
    }

    [Test]
    public void TheDefaultIsFourGuestsFiveSecondsAndTenThousandFrames()
    {
        TrafficPlan plan = Plan(new RunOptions());
        Assert.That(plan.Guests, Has.Count.EqualTo(4));
        Assert.That(plan.Duration, Is.EqualTo(TimeSpan.FromSeconds(5)));
        Assert.That(plan.Rate, Is.EqualTo(new FrameRate(10_000)));
    }

    [Test]
    public void HogsAreTheLastOfTheGuests()
    {
        TrafficPlan plan = Plan(new RunOptions { Guests = 4, Hogs = 2 });
        Assert.That(plan.Guests.Select(guest => guest.IsHog), Is.EqualTo(new[] { false, false, true, true }));
    }

    [Test]
    public void MoreHogsThanGuestsAreRefused() =>
        Assert.That(() => Plan(new RunOptions { Guests = 4, Hogs = 5 }), Throws.TypeOf<UsageException>().With.Message.Contains("--hog 5"));

    [Test]
    public void FramesComeFromTheirGuestAndGoRoundTheReceivers()
    {
        TrafficPlan plan = Plan(new RunOptions { Guests = 6 });
        GuestPlan sender = plan.Guests[1];
        IFrameStream stream = sender.Outgoing!.Open();
        var reached = new HashSet<Vpio.Abi.Network.MacAddress>();
        for (int i = 0; i < 50; i++)
        {
            ReadOnlySpan<byte> frame = stream.Peek();
            Assert.That(NicFrame.Source(frame), Is.EqualTo(sender.Mac));
            if (!NicFrame.Destination(frame).IsGroup)
                reached.Add(NicFrame.Destination(frame));
            stream.Advance();
        }

        Assert.That(reached, Is.EquivalentTo(plan.Guests.Where(guest => guest.Role == GuestRole.Rx).Select(guest => guest.Mac)));
    }

    [Test]
    public void FramesToGroupsKeepTheirDestinationAndNothingBehindTheAddressesChanges()
    {
        TrafficPlan plan = Plan(new RunOptions());
        IFrameStream stream = plan.Guests[0].Outgoing!.Open();
        foreach (ReadOnlyMemory<byte> recorded in plan.Contents.Frames)
        {
            ReadOnlySpan<byte> frame = stream.Peek();
            Assert.That(frame[12..].SequenceEqual(recorded.Span[12..]), Is.True);
            if (NicFrame.Destination(recorded.Span).IsGroup)
                Assert.That(NicFrame.Destination(frame), Is.EqualTo(NicFrame.Destination(recorded.Span)));
            stream.Advance();
        }
    }

    [Test]
    public void TheSeedDecidesAndTheSameSeedDecidesTheSame()
    {
        string[] again = FirstDestinations(3);
        Assert.That(FirstDestinations(3), Is.EqualTo(again));
        Assert.That(Enumerable.Range(0, 20).Select(seed => string.Join(' ', FirstDestinations(seed))).Distinct().Count(), Is.GreaterThan(1));
    }

    [Test]
    public void AReceivingRunIsPlayedFromTheFarEndForEachReceiver()
    {
        TrafficPlan plan = Plan(new RunOptions { Role = RunRole.Rx, Rate = new FrameRate(100) });
        Assert.That(plan.Guests, Has.All.Property(nameof(GuestPlan.Role)).EqualTo(GuestRole.Rx));
        Assert.That(plan.FarEnd, Is.Not.Null);
        Assert.That(plan.FarEndRate, Is.EqualTo(new FrameRate(400)));
    }

    private static TrafficPlan Plan(RunOptions options) => SampleTraffic.Plan(options, SampleTraffic.ReadSample());

    private static string[] FirstDestinations(long seed) =>
        [.. Plan(new RunOptions { Guests = 20, Seed = seed }).Guests
            .Where(guest => guest.Outgoing is not null)
            .Select(guest => FirstDestination(guest.Outgoing!.Open()))];

    private static string FirstDestination(IFrameStream stream)
    {
        while (NicFrame.Destination(stream.Peek()).IsGroup)
            stream.Advance();
        return NicFrame.Destination(stream.Peek()).ToString();
    }
}
