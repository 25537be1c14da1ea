using Iced.Intel;
using Vpio.Jobs;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Sends the frames of the job, each reported before the device is shown it.</summary>
/// <remarks>What was reported and could not be posted after all is the next that goes out, in a later ownership if need be.</remarks>
internal sealed class Sender : Part
{
    private readonly Turns _turns;
    private readonly Traffic _traffic;
    private readonly Pace _pace;
    private readonly Digest _digest;
    private readonly ReportRing _reports;
    private readonly Transmitter _transmitter;
    private readonly Question _mayBegin;
    private readonly Subroutine _begin;

    /// <summary>Makes the part.</summary>
    public Sender(MachineProgram program, Variables variables, Turns turns, Traffic traffic, Pace pace, Digest digest, ReportRing reports, Transmitter transmitter)
        : base(program, variables)
    {
        _turns = turns;
        _traffic = traffic;
        _pace = pace;
        _digest = digest;
        _reports = reports;
        _transmitter = transmitter;
        _mayBegin = Question();
        _begin = Subroutine();
        HasFrames = Question();
        Sent = Question();
    }

    /// <summary>Gets whether frames are to be begun, now or when they are due.</summary>
    public Question HasFrames { get; }

    /// <summary>Gets what sends the next frame; whether it did.</summary>
    public Question Sent { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        Write(HasFrames, (_, no) =>
        {
            Code.cmp(JobField.Phase, (int)JobPhase.Sending);
            Code.jne(no);
            Unless(_traffic.HasNext, no);
        });
        Write(_mayBegin, WriteMayBegin);
        Write(_begin, WriteBegin);
        Write(Sent, (_, no) =>
        {
            Label isReported = Later();
            Code.cmp(Variables.IsReported, 0);
            Code.jne(isReported);
            Unless(_mayBegin, no);
            _begin.Call();
            Here(isReported);
            _transmitter.NoteLost.Call();
            Unless(_transmitter.Posted, no);
            Code.mov(Variables.IsReported, 0);
            _traffic.Advance.Call();
        });
    }

    private void WriteMayBegin(Label yes, Label no)
    {
        Unless(HasFrames, no);
        Unless(_pace.IsDue, no);
        If(_turns.MustStop, no);
        _transmitter.CountOutstanding.Call();
        Code.cmp(eax, RingMemory.Entries);
        Code.jae(no);
        Unless(_reports.HasRoom, no);
    }

    private void WriteBegin()
    {
        _traffic.Prepare.Call();
        Code.lea(rsi, Variables.Frame);
        Code.mov(ecx, Variables.FrameLength);
        _digest.Make.Call();
        _reports.Report.Call();
        Code.inc(Variables.Begun);
        Code.mov(Variables.IsReported, 1);
        Code.mov(Variables.IsDrained, 0);
    }
}
