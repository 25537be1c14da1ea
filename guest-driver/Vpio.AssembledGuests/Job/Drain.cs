using Iced.Intel;
using Vpio.Abi.Network;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Waits until the device took all that is posted.</summary>
internal sealed class Drain : Part
{
    private readonly Clock _clock;
    private readonly Turns _turns;
    private readonly Transmitter _transmitter;
    private readonly Rest _rest;

    /// <summary>Makes the part.</summary>
    public Drain(MachineProgram program, Variables variables, Clock clock, Turns turns, Transmitter transmitter, Rest rest)
        : base(program, variables)
    {
        _clock = clock;
        _turns = turns;
        _transmitter = transmitter;
        _rest = rest;
        Run = Subroutine();
    }

    /// <summary>Gets what waits for as many nanoseconds as RAX says at most, and not at all once the device was asked for. <see cref="Variables.IsDrained"/> is what came of it.</summary>
    public Subroutine Run { get; }

    /// <inheritdoc/>
    public override void Write() => Write(Run, () =>
    {
        Label end = Later();
        Label isNotDrained = Later();
        SetLimit();
        WriteWait(end, isNotDrained);

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
    });

    private void SetLimit()
    {
        Code.push(rax);
        _clock.Now.Call();
        Code.pop(rcx);
        Code.add(rax, rcx);
        Code.mov(Variables.DrainUntilNs, rax);
    }

    private void WriteWait(Label end, Label isNotDrained)
    {
        Label again = Here();
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
    }
}
