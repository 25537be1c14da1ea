using Iced.Intel;
using Vpio.Abi.Network;
using Vpio.Jobs;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Waits, with the device in hand, for what may let something move again.</summary>
internal sealed class Pause : Part
{
    private const int NsPerUs = 1_000;
    private const int NapNs = (int)NapUs * NsPerUs;

    private readonly Turns _turns;
    private readonly Pace _pace;
    private readonly Sender _sender;
    private readonly Transmitter _transmitter;
    private readonly Rest _rest;
    private readonly Drain _drain;
    private readonly Duties _duties;
    private readonly Subroutine _awaitRoom;
    private readonly Subroutine _idle;

    /// <summary>Makes the part.</summary>
    public Pause(MachineProgram program, Variables variables, Turns turns, Pace pace, Sender sender, Transmitter transmitter, Rest rest, Drain drain, Duties duties)
        : base(program, variables)
    {
        _turns = turns;
        _pace = pace;
        _sender = sender;
        _transmitter = transmitter;
        _rest = rest;
        _drain = drain;
        _duties = duties;
        _awaitRoom = Subroutine();
        _idle = Subroutine();
        Made = Question();
    }

    /// <summary>Gets whether there is still something to have the device for; if so, after a pause.</summary>
    public Question Made { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        Write(Made, WriteMade);
        Write(_awaitRoom, WriteAwaitRoom);
        Write(_idle, WriteIdle);
    }

    private void WriteMade(Label yes, Label no)
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
        _drain.Run.Call();
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
}
