using Vpio.Abi;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Tool.Accounting;
using Vpio.Tool.Run;
using Vpio.Tool.Tests.Jobs;
using Vpio.Tool.Tests.Traffic;

namespace Vpio.Tool.Tests.Accounting;

/// <summary>The ledger must catch whatever can go wrong with a frame, and nothing else: exit code 1 hangs on it.</summary>
internal sealed class FrameLedgerTests
{
    private static readonly DomainId Sender = new(1);
    private static readonly DomainId Receiver = new(2);

    private FrameLedger _ledger = null!;
    private GuestAccount _from = null!;
    private GuestAccount _to = null!;
    private Job _sender = null!;
    private Job _receiver = null!;

    [SetUp]
    public void OpenTheBooks()
    {
        _ledger = new FrameLedger(wireReturns: true);
        _from = _ledger.Open(Sender, Frames.Mac(1));
        _to = _ledger.Open(Receiver, Frames.Mac(2));
        Succeed();
    }

    [Test]
    public void FramesThatArriveInOrderAreWhole()
    {
        for (int mark = 0; mark < 300; mark++)
            Carry(Frame(mark));

        Assert.That(_ledger.Close(Nobody).IsWhole, Is.True);
        Assert.That(_to.Receiving.Counts.Received, Is.EqualTo(300));
        Assert.That(_from.Sending.Sent, Is.EqualTo(300));
    }

    [Test]
    public void AnAcceptedFrameThatIsNotReceivedIsLost()
    {
        Deliver(Frame(1));

        LedgerVerdict verdict = _ledger.Close(Nobody);
        Assert.That(verdict.FramesLost, Is.EqualTo(1));
        AssertFails(verdict);
    }

    [Test]
    public void AFrameLostInTheMiddleIsLost()
    {
        Deliver(Frame(1));
        Deliver(Frame(2));
        Receive(Frame(2));

        LedgerVerdict verdict = _ledger.Close(Nobody);
        Assert.That(verdict.FramesLost, Is.EqualTo(1));
        AssertFails(verdict);
    }

    [Test]
    public void AFrameThatTheNicNeverSpokeOfIsLost()
    {
        Submit(Frame(1));
        _ledger.Sent(Sender, Frame(1));

        LedgerVerdict verdict = _ledger.Close(Nobody);
        Assert.That(verdict.FramesLost, Is.EqualTo(1));
        AssertFails(verdict);
    }

    [Test]
    public void ADoubledFrameFails()
    {
        Carry(Frame(1));
        Receive(Frame(1));

        AssertFails(_ledger.Close(Nobody));
    }

    [Test]
    public void SwappedFramesFail()
    {
        Deliver(Frame(1));
        Deliver(Frame(2));
        Receive(Frame(2));
        Receive(Frame(1));

        AssertFails(_ledger.Close(Nobody));
    }

    [Test]
    public void AChangedByteFails()
    {
        Deliver(Frame(1));
        byte[] changed = Frame(1);
        changed[^1] ^= 1;
        Receive(changed);

        AssertFails(_ledger.Close(Nobody));
    }

    [Test]
    public void AnotherGuestsFrameFails()
    {
        Deliver(Frame(1));
        _sender.Guest.Received.Write(FrameDigest.Of(Frame(1)));
        Receive(Frame(1));

        AssertFails(_ledger.Close(Nobody));
    }

    [Test]
    public void AFrameOnTheWireThatNobodySubmittedFails()
    {
        _ledger.Sent(Sender, Frames.Make(Frames.Mac(1), Frames.Mac(9)));

        AssertFails(_ledger.Close(Nobody));
    }

    [Test]
    public void ASubmittedFrameThatIsNotSentIsLost()
    {
        Submit(Frame(1));

        LedgerVerdict verdict = _ledger.Close(Nobody);
        Assert.That(verdict.FramesLost, Is.EqualTo(1));
        AssertFails(verdict);
    }

    [TestCase(FrameFate.DroppedParkingFull)]
    [TestCase(FrameFate.DroppedGroupQuota)]
    [TestCase(FrameFate.DroppedByPolicy)]
    [TestCase(FrameFate.DroppedGuestStopped)]
    public void ADroppedFrameIsAccountedForByItsReason(FrameFate fate)
    {
        Submit(Frame(1));
        _ledger.Sent(Sender, Frame(1));
        _ledger.Arrived(Receiver, Frame(1), fate);

        Assert.That(_ledger.Close(Nobody).IsWhole, Is.True);
        ReceiveCounts counts = _to.Receiving.Counts;
        Assert.That(counts.ParkingFull + counts.GroupQuota + counts.ByPolicy + counts.GuestStopped, Is.EqualTo(1));
    }

    [Test]
    public void DiscardedFramesAreTheNewest()
    {
        Deliver(Frame(1));
        Deliver(Frame(2));
        Deliver(Frame(3));
        _ledger.Discarded(Receiver, 2);
        Receive(Frame(1));

        Assert.That(_ledger.Close(Nobody).IsWhole, Is.True);
        Assert.That(_to.Receiving.Counts.Discarded, Is.EqualTo(2));
    }

    [Test]
    public void MoreDiscardedThanAcceptedFails()
    {
        Deliver(Frame(1));
        _ledger.Discarded(Receiver, 2);

        AssertFails(_ledger.Close(Nobody));
    }

    [Test]
    public void WhatWasUnderWayToAStoppedGuestIsLeftBehindNotLost()
    {
        Deliver(Frame(1));
        Submit(Frame(2));

        LedgerVerdict verdict = _ledger.Close(_ => true);
        Assert.That(verdict.FramesLost, Is.Zero);
        Assert.That(verdict.FramesLeftBehind, Is.EqualTo(2));
        Assert.That(verdict.IsWhole, Is.True);
    }

    [Test]
    public void WhatTheDriverLostWithTheNicIsTheOldestLeftAndIsLeftBehind()
    {
        Carry(Frame(1));
        Submit(Frame(2));
        Submit(Frame(3));
        _sender.Guest.NoteDiscarded(2);
        Carry(Frame(4));

        LedgerVerdict verdict = _ledger.Close(Nobody);
        Assert.That((verdict.FramesLost, verdict.FramesLeftBehind, verdict.IsWhole), Is.EqualTo((0L, 2L, true)));
    }

    [Test]
    public void ADriverThatCountsTooFewAsLostFails()
    {
        for (int i = 1; i <= 3; i++)
            Submit(Frame(i));
        _sender.Guest.NoteDiscarded(1);
        _ledger.Sent(Sender, Frame(3));

        AssertFails(_ledger.Close(Nobody));
    }

    [Test]
    public void ADriverThatCountsTooManyAsLostFails()
    {
        Submit(Frame(1));
        _ledger.Sent(Sender, Frame(1));
        _sender.Guest.NoteDiscarded(1);

        AssertFails(_ledger.Close(Nobody));
    }

    [Test]
    public void AStoppedGuestExcusesNoSwappedFrame()
    {
        Deliver(Frame(1));
        Deliver(Frame(2));
        Receive(Frame(2));

        AssertFails(_ledger.Close(_ => true));
    }

    [Test]
    public void WhatAReplacedGuestLeftIsLeftBehindAndItsSuccessorIsHeldToItsOwn()
    {
        Carry(Frame(1));
        Deliver(Frame(2));
        Submit(Frame(3));
        _from.WriteOff();
        _to.WriteOff();
        _ledger.Announce(Frame(4)); // While nobody has the address.
        Succeed();
        _to.Receiving.NoteReachable();
        Carry(Frame(5));
        _ledger.Drain();

        LedgerVerdict verdict = _ledger.Close(Nobody);
        Assert.That((verdict.FramesLost, verdict.FramesLeftBehind, verdict.IsWhole), Is.EqualTo((0L, 3L, true)), string.Join(' ', verdict.Faults));
        Assert.That(_receiver.Guest.FramesDue, Is.EqualTo(1), "the successor is told of its own frames only");
    }

    [Test]
    public void WhatArrivesForASuccessorBeforeItRunsIsItsOwn()
    {
        _from.WriteOff();
        _to.WriteOff();
        Succeed();
        Deliver(Frame(1));
        _to.Receiving.NoteReachable();
        Receive(Frame(1));

        LedgerVerdict verdict = _ledger.Close(Nobody);
        Assert.That((verdict.IsWhole, _to.Receiving.Counts.Received), Is.EqualTo((true, 1L)), string.Join(' ', verdict.Faults));
    }

    [Test]
    public void TheSuccessorInAReplaySendsWhatIsLeftOfTheInput()
    {
        _from.Sending.ExpectInput([Frame(1), Frame(2), Frame(3)]);
        Carry(Frame(1));
        Submit(Frame(2));
        _from.WriteOff();
        _to.WriteOff();
        Succeed();
        Assert.That(_from.Sending.InputLeft, Is.EqualTo(2));
        Assert.That(_from.Sending.NotSent, Is.EqualTo(2));
        Carry(Frame(2));
        Carry(Frame(3));

        LedgerVerdict verdict = _ledger.Close(Nobody);
        Assert.That((verdict.FramesLost, verdict.FramesLeftBehind, verdict.IsWhole), Is.EqualTo((0L, 0L, true)), string.Join(' ', verdict.Faults));
    }

    [Test]
    public void AReplayIsHeldAgainstTheInputItself()
    {
        _from.Sending.ExpectInput([Frame(1), Frame(2)]);
        Submit(Frame(1));
        byte[] changed = Frame(1);
        changed[20] ^= 1;
        _ledger.Sent(Sender, changed);

        AssertFails(_ledger.Close(Nobody));
    }

    [Test]
    public void ReplayedFramesThatWereNotSentAreCounted()
    {
        _from.Sending.ExpectInput([Frame(1), Frame(2), Frame(3)]);
        Carry(Frame(1));

        Assert.That(_from.Sending.NotSent, Is.EqualTo(2));
        Assert.That(_ledger.Close(Nobody).IsWhole, Is.True);
    }

    [Test]
    public void FramesOfGuestsThatDoNotExistFail()
    {
        _ledger.Sent(new DomainId(77), Frame(1));
        _ledger.Arrived(new DomainId(78), Frame(1), FrameFate.Accepted);
        _ledger.Discarded(new DomainId(79), 1);

        Assert.That(_ledger.Close(Nobody).FaultCount, Is.EqualTo(3));
    }

    [Test]
    public void ManyFaultsAreAllCountedAndTheFirstTold()
    {
        for (int i = 0; i < 1000; i++)
            Receive(Frame(i));

        LedgerVerdict verdict = _ledger.Close(Nobody);
        Assert.That(verdict.FaultCount, Is.EqualTo(1000));
        Assert.That(verdict.Faults, Has.Count.EqualTo(Faults.Told));
    }

    [Test]
    public void NoFrameAllocatesOnceTheQueuesHaveGrown()
    {
        byte[] frame = Frame(1);
        for (int i = 0; i < 1000; i++)
            Carry(frame);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Carry(frame);

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static bool Nobody(DomainId guest) => false;

    private static byte[] Frame(int mark) => Frames.Make(Frames.Mac(1), Frames.Mac(2), 60 + (mark % 50), mark);

    private static void AssertFails(LedgerVerdict verdict)
    {
        Assert.That(verdict.IsWhole, Is.False);
        Assert.That(verdict.Faults, Is.Not.Empty);
        Assert.That(ExitCode.Of(verdict.IsWhole, signal: null, notCarried: 0), Is.EqualTo(ExitCode.Failed));
    }

    private void Succeed()
    {
        _sender = new Job();
        _receiver = new Job();
        _from.Follow(_sender.Domain0);
        _to.Follow(_receiver.Domain0);
    }

    private void Submit(byte[] frame) => _sender.Guest.Submitted.Write(FrameDigest.Of(frame));

    private void Receive(byte[] frame) => _receiver.Guest.Received.Write(FrameDigest.Of(frame));

    private void Deliver(byte[] frame)
    {
        Submit(frame);
        _ledger.Sent(Sender, frame);
        _ledger.Arrived(Receiver, frame, FrameFate.Accepted);
    }

    private void Carry(byte[] frame)
    {
        Deliver(frame);
        Receive(frame);
    }
}
