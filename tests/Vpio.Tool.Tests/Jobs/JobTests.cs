using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Jobs;
using Vpio.Tool.Jobs;
using Vpio.Tool.Run;
using Vpio.Tool.Tests.Traffic;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Tests.Jobs;

/// <summary>A guest reads from its job's memory what domain 0 laid down there, and domain 0 what the guest says.</summary>
internal sealed class JobTests
{
    private static readonly ReadOnlyMemory<byte>[] Recorded =
    [
        Frames.Make(Frames.Mac(7), Frames.Mac(8), 14), Frames.Make(Frames.Mac(7), MacAddress.Broadcast, 61, 1), Frames.Make(Frames.Mac(8), Frames.Mac(9), 1514, 2),
    ];

    [Test]
    public void AGuestReadsTheTermsThatWereLaidDown()
    {
        GuestJob laidDown = Job.Plain with
        {
            Device = new DeviceIndex(3),
            PracticeDevice = new DeviceIndex(5),
            Mac = Frames.Mac(4),
            Rate = new FrameRate(1234),
            IsHog = true,
            Receives = true,
            RingEntries = 64,
        };
        Assert.That(new Job(laidDown).Guest.Job, Is.EqualTo(laidDown));
        Assert.That(new Job(Job.Plain).Guest.Job, Is.EqualTo(Job.Plain));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void AGuestSendsFromMemoryWhatThePlanSends(bool repeats)
    {
        var outgoing = new OutgoingFrames(Recorded) { Repeats = repeats, Source = repeats ? Frames.Mac(1) : null, Destinations = repeats ? [Frames.Mac(2), Frames.Mac(3)] : [], FirstDestination = repeats ? 1 : 0 };
        OutgoingFrames read = new Job(Job.Plain with { Outgoing = outgoing }).Guest.Job.Outgoing!;
        Assert.That(First(10, read.Open()), Is.EqualTo(First(10, outgoing.Open())));
        Assert.That(First(10, read.Open()), Has.Count.EqualTo(repeats ? 10 : 3));
    }

    [Test]
    public void MemoryWithoutAJobIsRefused() =>
        Assert.That(() => new GuestEnd(JobMemory.Allocate(8192)), Throws.TypeOf<InvalidDataException>().With.Message.Contains("no job"));

    [Test]
    public void MemoryTooShortForAJobIsRefused() => Assert.That(() => new GuestEnd(JobMemory.Allocate(64)), Throws.TypeOf<InvalidDataException>());

    [Test]
    public void AJobOfAnotherVersionIsRefused()
    {
        var job = new Job();
        job.Memory.Write32(JobLayout.Version, 2);
        Assert.That(() => new GuestEnd(job.Memory), Throws.TypeOf<InvalidDataException>().With.Message.Contains("version 2"));
    }

    [Test]
    public void EachSideSeesWhatTheOtherSays()
    {
        var job = new Job();
        job.Domain0.Enter(JobPhase.Settling);
        job.Domain0.Announce(77);
        Assert.That((job.Guest.Phase, job.Guest.FramesDue), Is.EqualTo((JobPhase.Settling, 77UL)));

        job.Guest.Own(new Generation(41));
        job.Guest.NoteRelease(TimeSpan.FromMicroseconds(12.3));
        job.Guest.NoteDiscarded(5);
        job.Guest.NoteSentAll();
        Assert.That((job.Domain0.Activity, job.Domain0.Generation), Is.EqualTo((GuestActivity.Holding, new Generation(41))));
        Assert.That((job.Domain0.LastRelease, job.Domain0.Discarded, job.Domain0.HasSentAll), Is.EqualTo((TimeSpan.FromMicroseconds(12.3), 5UL, true)));
    }

    [Test]
    public void WhyAGuestFailedIsToldOnOneLineHoweverLongItIs()
    {
        var job = new Job();
        job.Guest.Fail("first\nsecond \u001b[31m " + new string('x', 1000));
        Assert.That(job.Domain0.Activity, Is.EqualTo(GuestActivity.Failed));
        Assert.That(job.Domain0.Failure, Does.StartWith("first second  [31m xxx").And.Length.LessThan(JobLayout.FailureBytes));
        Assert.That(job.Domain0.Failure.Any(char.IsControl), Is.False);
    }

    [Test]
    public void WhateverAGuestWritesMeansSomething()
    {
        var job = new Job();
        byte[] garbage = new byte[JobLayout.FirstRing - JobLayout.Activity];
        var random = new Random(11);
        for (int i = 0; i < 1000; i++)
        {
            random.NextBytes(garbage);
            job.Memory.Write(JobLayout.Activity, garbage);
            Assert.That(Enum.IsDefined(job.Domain0.Activity) && job.Domain0.Activity <= GuestActivity.Failed);
            Assert.That(job.Domain0.LastRelease, Is.InRange(TimeSpan.Zero, TimeSpan.FromDays(1)));
            Assert.That(job.Domain0.Failure, Has.Length.LessThanOrEqualTo(JobLayout.FailureBytes));
            _ = job.Domain0.Generation;
        }
    }

    [Test]
    public void NoAccessLeavesTheMemory()
    {
        JobMemory memory = JobMemory.Allocate(64);
        Assert.That(() => memory.Read32(64), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => memory.Read64(-8), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => memory.Read64(long.MaxValue - 7), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => memory.Read32(2), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => memory.Write64(60, 1), Throws.TypeOf<ArgumentOutOfRangeException>());
        Assert.That(() => memory.Write(60, [1, 2, 3, 4, 5]), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    private static List<string> First(int count, IFrameStream stream)
    {
        var frames = new List<string>();
        while (frames.Count < count && stream.HasNext)
        {
            frames.Add(Convert.ToHexString(stream.Peek()));
            stream.Advance();
        }

        return frames;
    }
}
