using Vpio.Abi;
using Vpio.Jobs;
using Vpio.Tool.Accounting;
using Vpio.Tool.Tests.Traffic;

namespace Vpio.Tool.Tests.Jobs;

/// <summary>Reports go through their ring whole and in order; nonsense in it is a fault of the guest that wrote it, and of nobody else.</summary>
internal sealed class ReportsTests
{
    [Test]
    public void ReportsComeOutInOrderAlsoPastTheRingsEnd()
    {
        var job = new Job();
        ulong written = 0;
        ulong read = 0;
        for (int round = 0; round < 7; round++)
        {
            while (job.Guest.Submitted.HasRoom)
                job.Guest.Submitted.Write(written++);
            for (uint left = job.Domain0.Submitted.Look(); left > 0; left--)
                Assert.That(job.Domain0.Submitted.Read(), Is.EqualTo(read++));
            Assert.That(job.Domain0.Submitted.Look(), Is.Zero);
        }

        Assert.That((written, read), Is.EqualTo((7UL * JobLayout.ReportEntries, 7UL * JobLayout.ReportEntries)));
    }

    [Test]
    public void AFullRingHasNoRoomUntilItIsReadAndLookedAtAgain()
    {
        var job = new Job();
        while (job.Guest.Received.HasRoom)
            job.Guest.Received.Write(1);
        Assert.That(job.Domain0.Received.Look(), Is.EqualTo(JobLayout.ReportEntries));
        job.Domain0.Received.Read();
        Assert.That(job.Guest.Received.HasRoom, Is.False);
        job.Domain0.Received.Look();
        Assert.That(job.Guest.Received.HasRoom);
    }

    [TestCase(JobLayout.ReportEntries + 1)]
    [TestCase(0x8000_0000)]
    [TestCase(0xFFFF_FFFF)]
    public void ATailThatCannotBeEndsTheReading(uint tail)
    {
        var job = new Job();
        job.Memory.Write32(JobLayout.SubmittedTail, tail);
        Assert.That(job.Domain0.Submitted.Look(), Is.Zero);
        Assert.That(job.Domain0.Submitted.IsBroken);
        job.Memory.Write32(JobLayout.SubmittedTail, 1);
        Assert.That(job.Domain0.Submitted.Look(), Is.Zero);
    }

    [Test]
    public void NonsenseOfOneGuestIsAFaultInItsOwnAccountOnly()
    {
        var ledger = new FrameLedger(wireReturns: true);
        GuestAccount[] accounts = [ledger.Open(new DomainId(1), Frames.Mac(1)), ledger.Open(new DomainId(2), Frames.Mac(2))];
        Job[] jobs = [new(), new()];
        for (int i = 0; i < 2; i++)
            accounts[i].Follow(jobs[i].Domain0);

        var random = new Random(5);
        byte[] garbage = new byte[JobLayout.FirstRing - JobLayout.Activity];
        for (int i = 0; i < 2000; i++)
        {
            random.NextBytes(garbage);
            jobs[0].Memory.Write(JobLayout.Activity, garbage);
            jobs[0].Memory.Write64(JobLayout.FirstRing + (random.Next((int)JobLayout.ReportEntries) * JobLayout.ReportBytes), (ulong)random.NextInt64());
            jobs[0].Memory.Write32(JobLayout.ReceivedTail, (uint)(i * 3));
            ledger.Drain();
        }

        LedgerVerdict verdict = ledger.Close(_ => false);
        Assert.That(verdict.IsWhole, Is.False);
        Assert.That(verdict.Faults, Has.All.Contains("guest d1"));
        Assert.That(accounts[1].Receiving.Counts.Wrong + accounts[1].Sending.Submitted, Is.Zero);
    }

    [Test]
    public void AGuestThatReportsFramesWithoutEndIsNotFollowedForEver()
    {
        var job = new Job();
        var account = new GuestAccount(new DomainId(1), Frames.Mac(1), new Faults());
        account.Follow(job.Domain0);
        for (int i = 0; i < 100; i++)
        {
            while (job.Guest.Submitted.HasRoom)
                job.Guest.Submitted.Write(1);
            account.Drain();
            if (job.Domain0.Submitted.IsBroken)
                break;
            job.Domain0.Submitted.Look();
        }

        Assert.That(job.Domain0.Submitted.IsBroken);
        Assert.That(account.Sending.Submitted, Is.LessThan(ExpectedFrames.MostUnderWay + (2 * JobLayout.ReportEntries)));
    }

    [Test]
    public void AGuestThatReportsNothingItReceivesIsBlamedOnceAndKeepsNoMemoryWithoutEnd()
    {
        var faults = new Faults();
        var account = new GuestAccount(new DomainId(1), Frames.Mac(1), faults);
        account.Follow(new Job().Domain0);
        for (int i = 0; i < ExpectedFrames.MostUnderWay + 1000; i++)
            account.Receiving.NoteArrived((ulong)i, toItAlone: true, Vpio.Hypervisor.Devices.Network.FrameFate.Accepted);

        Assert.That(account.Receiving.Outstanding, Is.EqualTo(ExpectedFrames.MostUnderWay));
        Assert.That((faults.Count, account.Receiving.Counts.Lost), Is.EqualTo((1L, 1000L)));
    }
}
