using Iced.Intel;
using Vpio.Abi.Network;
using Vpio.Jobs;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Is one ownership of the device, from the wait for it until it is given back.</summary>
internal sealed class Ownership : Part
{
    private const int BatchFrames = 32; // Between two looks whether anything else is to be done.
    private const uint NapUs = 5_000;
    private const uint ShortNapUs = 1_000;
    private const int NsPerUs = 1_000;
    private const int NapNs = (int)NapUs * NsPerUs;

    // Who was asked for the device does not wait: what is posted then goes out in the next ownership.
    private const int DrainLimitNs = 100_000_000;

    private readonly Clock _clock;
    private readonly Turns _turns;
    private readonly Hypercalls _calls;
    private readonly Pace _pace;
    private readonly Sender _sender;
    private readonly Transmitter _transmitter;
    private readonly Receiver _receiver;
    private readonly ReportRing _received;
    private readonly Rest _rest;
    private readonly Duties _duties;
    private readonly Subroutine _work;
    private readonly Question _rested;
    private readonly Subroutine _awaitRoom;
    private readonly Subroutine _idle;
    private readonly Subroutine _drain;
    private readonly Subroutine _giveBack;

    /// <summary>Makes the part.</summary>
    public Ownership(
        MachineProgram program,
        Variables variables,
        Clock clock,
        Turns turns,
        Hypercalls calls,
        Pace pace,
        Sender sender,
        Transmitter transmitter,
        Receiver receiver,
        ReportRing received,
        Rest rest,
        Duties duties)
        : base(program, variables)
    {
        _clock = clock;
        _turns = turns;
        _calls = calls;
        _pace = pace;
        _sender = sender;
        _transmitter = transmitter;
        _receiver = receiver;
        _received = received;
        _rest = rest;
        _duties = duties;
        _work = Subroutine();
        _rested = Question();
        _awaitRoom = Subroutine();
        _idle = Subroutine();
        _drain = Subroutine();
        _giveBack = Subroutine();
        Once = Subroutine();
    }

    /// <summary>Gets what owns the device once, and answers a status in RAX. Whether it was taken by force, and whether more than the device is lost by that, the next one tells.</summary>
    public Subroutine Once { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        Write(Once, WriteOnce);
        Write(_work, WriteWork);
        Write(_rested, WriteRested);
        Write(_awaitRoom, WriteAwaitRoom);
        Write(_idle, WriteIdle);
        Write(_drain, WriteDrain);
        Write(_giveBack, WriteGiveBack);
    }

    private void WriteOnce()
    {
        Label end = Later();
        Code.mov(JobField.Activity, (int)GuestActivity.Waiting);
        _turns.Await.Call();
        Code.test(rax, rax);
        Code.jnz(end);
        Code.mov(JobField.Activity, (int)GuestActivity.Holding);
        _transmitter.NoteLost.Call();
        _work.Call();
        _giveBack.Call();
        _duties.NoteProgress.Call();
        Code.xor(eax, eax);
        Here(end);
    }

    private void WriteWork()
    {
        Label end = Later();
        Label again = Here();
        Unless(_duties.MayKeep, end);
        Code.mov(Variables.Moved, 0);
        Repeat(_sender.Sent);
        Repeat(_received.HasRoom, _receiver.Received);
        Code.cmp(Variables.Moved, 0);
        Code.jne(again);
        If(_rested, again);
        Here(end);
    }

    // As many frames as a batch has, each as long as all say yes.
    private void Repeat(params ReadOnlySpan<Question> questions)
    {
        Label end = Later();
        Code.mov(Variables.BatchLeft, BatchFrames);
        Label again = Here();
        foreach (Question question in questions)
            Unless(question, end);
        Code.inc(Variables.Moved);
        Code.dec(Variables.BatchLeft);
        Code.jnz(again);
        Here(end);
    }

    // Waits for what may let something move again. No: there is nothing left to hold the device for.
    private void WriteRested(Label yes, Label no)
    {
        Label isNotAsked = Later();
        Label nothingDue = Later();
        Unless(_turns.MustStop, isNotAsked);
        Code.test(JobField.Flags, JobLayout.Hog); // Only a hog stays, and it is to be a nuisance by the device alone.
        Code.jz(yes);
        Nap(ShortNapUs);
        Code.jmp(yes);

        Here(isNotAsked);
        Unless(_sender.HasFrames, nothingDue);
        Unless(_pace.IsDue, nothingDue);
        _awaitRoom.Call();
        Code.jmp(yes);

        Here(nothingDue);
        Code.mov(eax, NapNs);
        _drain.Call();
        _duties.NoteProgress.Call();
        Unless(_duties.WantsDevice, no);
        _idle.Call();
    }

    private void WriteAwaitRoom()
    {
        Label reportsAreFull = Later();
        Label end = Later();
        _transmitter.CountOutstanding.Call();
        Code.cmp(eax, RingMemory.Entries);
        Code.jne(reportsAreFull);
        Code.mov(Variables.RestInterrupts, (int)NicInterrupt.Tx);
        Code.mov(Variables.RestNs, NapNs);
        _rest.Take.Call();
        Code.jmp(end);
        Here(reportsAreFull);
        Nap(ShortNapUs);
        Here(end);
    }

    // Awaits a frame, and wakes when the next of its own is due.
    private void WriteIdle()
    {
        Label rest = Later();
        Code.mov(Variables.RestInterrupts, (int)NicInterrupt.Rx);
        Code.mov(Variables.RestNs, NapNs);
        Unless(_sender.HasFrames, rest);
        _pace.UntilNext.Call();
        Code.cmp(rax, NapNs);
        Code.jae(rest);
        Code.mov(Variables.RestNs, rax);
        Here(rest);
        _rest.Take.Call();
    }

    // Waits until the device took what is posted, for as many nanoseconds as RAX says at most, and not at all once the device was asked for.
    private void WriteDrain()
    {
        Label again = Later();
        Label end = Later();
        Label isNotDrained = Later();
        Code.push(rax);
        _clock.Now.Call();
        Code.pop(rcx);
        Code.add(rax, rcx);
        Code.mov(Variables.DrainUntilNs, rax);

        Here(again);
        Unless(_turns.IsHeld, isNotDrained);
        _transmitter.CountOutstanding.Call();
        Code.mov(Variables.Outstanding, eax);
        Code.test(eax, eax);
        Code.jz(end);
        If(_turns.MustStop, end);
        _clock.Now.Call();
        Code.mov(rcx, Variables.DrainUntilNs);
        Code.sub(rcx, rax);
        Code.jbe(end);
        Code.mov(Variables.RestNs, rcx);
        Code.mov(Variables.RestInterrupts, (int)NicInterrupt.Tx);
        _rest.Take.Call();
        Code.jmp(again);

        Here(end);
        _transmitter.NoteLost.Call();
        Unless(_turns.IsHeld, isNotDrained); // What was read is no count then.
        Code.mov(eax, Variables.Outstanding);
        Code.or(eax, Variables.IsReported);
        Code.jnz(isNotDrained);
        Code.mov(Variables.IsDrained, 1);
        Code.ret();
        Here(isNotDrained);
        Code.mov(Variables.IsDrained, 0);
    }

    private void WriteGiveBack()
    {
        Label end = Later();
        _turns.MustStop.Call();
        Code.mov(Variables.WasAsked, eax);
        _clock.Now.Call();
        Code.mov(Variables.AskedSinceNs, rax);
        Code.mov(eax, DrainLimitNs);
        _drain.Call();
        _calls.Release.Call();
        Code.test(rax, rax);
        Code.jnz(end);
        Code.cmp(Variables.WasAsked, 0);
        Code.je(end);
        _clock.Now.Call();
        Code.sub(rax, Variables.AskedSinceNs);
        Code.mov(JobField.LastReleaseNs, rax);
        Here(end);
    }
}
