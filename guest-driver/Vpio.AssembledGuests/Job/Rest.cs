using Iced.Intel;
using Vpio.Abi.Network;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Sleeps with the device in hand, until it did something, is asked back, or the time is up.</summary>
internal sealed class Rest : Part
{
    private readonly Turns _turns;
    private readonly Transmitter _transmitter;
    private readonly Receiver _receiver;
    private readonly Upcalls _upcalls;
    private readonly Hypercalls _calls;
    private readonly Question _hasCause;

    /// <summary>Makes the part.</summary>
    public Rest(MachineProgram program, Variables variables, Turns turns, Transmitter transmitter, Receiver receiver, Upcalls upcalls, Hypercalls calls)
        : base(program, variables)
    {
        _turns = turns;
        _transmitter = transmitter;
        _receiver = receiver;
        _upcalls = upcalls;
        _calls = calls;
        _hasCause = Question();
        Take = Subroutine();
    }

    /// <summary>Gets what rests as <see cref="Variables.RestInterrupts"/> and <see cref="Variables.RestNs"/> say. It may return for no reason: the caller looks.</summary>
    public Subroutine Take { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        Write(Take, WriteTake);
        Write(_hasCause, (yes, no) =>
        {
            Label transmits = Later();
            If(_turns.MustStop, yes);
            Code.test(Variables.RestInterrupts, (uint)NicInterrupt.Rx);
            Code.jz(transmits);
            If(_receiver.HasFrame, yes);
            Here(transmits);
            Code.test(Variables.RestInterrupts, (uint)NicInterrupt.Tx);
            Code.jz(no);
            _transmitter.CountOutstanding.Call();
            Code.test(eax, eax);
            Code.jnz(no);
        });
    }

    private void WriteTake()
    {
        Label awake = Later();
        Label end = Later();
        If(_hasCause, end);
        Code.mov(eax, Variables.RestInterrupts);
        Code.mov(NicField.InterruptArm, eax);

        // ORDER full: armed before the rings are looked at.
        Code.mfence();
        _upcalls.TakeMasked.Call();
        If(_hasCause, awake);
        Code.mov(rsi, Variables.RestNs);
        _calls.Wait.Call();
        Code.jmp(end);
        Here(awake);
        _upcalls.Take.Call();
        Here(end);
    }
}
