using Iced.Intel;
using Vpio.Jobs;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Is one ownership of the device, from the wait for it until it is given back.</summary>
internal sealed class Ownership : Part
{
    private const int BatchFrames = 32; // Between two looks whether anything else is to be done.

    // Who was asked for the device does not wait: what is posted then goes out in the next ownership.
    private const int DrainLimitNs = 100_000_000;

    private readonly Clock _clock;
    private readonly Turns _turns;
    private readonly Hypercalls _calls;
    private readonly Sender _sender;
    private readonly Transmitter _transmitter;
    private readonly Receiver _receiver;
    private readonly ReportRing _received;
    private readonly Drain _drain;
    private readonly Pause _pause;
    private readonly Duties _duties;
    private readonly Subroutine _work;
    private readonly Subroutine _giveBack;

    /// <summary>Makes the part.</summary>
    public Ownership(
        MachineProgram program,
        Variables variables,
        Clock clock,
        Turns turns,
        Hypercalls calls,
        Sender sender,
        Transmitter transmitter,
        Receiver receiver,
        ReportRing received,
        Drain drain,
        Pause pause,
        Duties duties)
        : base(program, variables)
    {
        _clock = clock;
        _turns = turns;
        _calls = calls;
        _sender = sender;
        _transmitter = transmitter;
        _receiver = receiver;
        _received = received;
        _drain = drain;
        _pause = pause;
        _duties = duties;
        _work = Subroutine();
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
        If(_pause.Made, again);
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

    private void WriteGiveBack()
    {
        Label end = Later();
        _turns.MustStop.Call();
        Code.mov(Variables.WasAsked, eax);
        _clock.Now.Call();
        Code.mov(Variables.AskedSinceNs, rax);
        Code.mov(eax, DrainLimitNs);
        _drain.Run.Call();
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
