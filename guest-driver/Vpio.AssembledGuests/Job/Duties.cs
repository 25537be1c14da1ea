using Iced.Intel;
using Vpio.Jobs;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Says what the job asks of the guest by now.</summary>
/// <remarks>Source: <c>docs/guest-programs.md</c>, "Phases".</remarks>
internal sealed class Duties : Part
{
    private readonly Turns _turns;
    private readonly Traffic _traffic;
    private readonly Sender _sender;
    private readonly Question _hasUnfinished;

    /// <summary>Makes the part.</summary>
    public Duties(MachineProgram program, Variables variables, Turns turns, Traffic traffic, Sender sender)
        : base(program, variables)
    {
        _turns = turns;
        _traffic = traffic;
        _sender = sender;
        _hasUnfinished = Question();
        WantsDevice = Question();
        MayKeep = Question();
        NoteProgress = Subroutine();
    }

    /// <summary>Gets whether there is anything to have the device for.</summary>
    public Question WantsDevice { get; }

    /// <summary>Gets whether the device is kept: until it is asked for, or, by a hog that sends, as long as it is held.</summary>
    public Question MayKeep { get; }

    /// <summary>Gets what tells domain 0 once nothing more will be sent.</summary>
    public Subroutine NoteProgress { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        Write(_hasUnfinished, (yes, no) =>
        {
            Code.cmp(Variables.IsDrained, 0);
            Code.je(yes);
            Code.mov(rax, Variables.Received);
            Code.cmp(rax, JobField.FramesDue);
            Code.jae(no);
        });
        Write(WantsDevice, (yes, no) =>
        {
            If(_hasUnfinished, yes);
            Code.cmp(JobField.Phase, (int)JobPhase.Sending);
            Code.jne(no);
            Code.test(JobField.Flags, JobLayout.Hog | JobLayout.Receives);
            Code.jnz(yes);
            Unless(_traffic.HasNext, no);
        });
        Write(MayKeep, WriteMayKeep);
        Write(NoteProgress, WriteNoteProgress);
    }

    private void WriteMayKeep(Label yes, Label no)
    {
        Label isNoHog = Later();
        Code.test(JobField.Flags, JobLayout.Hog);
        Code.jz(isNoHog);
        Code.cmp(JobField.Phase, (int)JobPhase.Sending);
        Code.jne(isNoHog);
        If(_turns.IsHeld, yes);
        Code.jmp(no);

        Here(isNoHog);
        If(_turns.MustStop, no);
        Code.cmp(JobField.Phase, (int)JobPhase.Over);
        Code.je(no);
    }

    private void WriteNoteProgress()
    {
        Label end = Later();
        Code.cmp(Variables.IsDrained, 0);
        Code.je(end);
        If(_sender.HasFrames, end);
        Code.mov(JobField.HasSentAll, 1);
        Here(end);
    }
}
