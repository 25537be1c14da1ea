using Iced.Intel;
using Vpio.Abi.Machines;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Is a part of the program: some subroutines that belong together. What a part writes about is told by its class; here are the words for it.</summary>
/// <param name="program">The program.</param>
/// <param name="variables">Its variables.</param>
internal abstract class Part(MachineProgram program, Variables variables)
{
    /// <summary>How long the program sleeps when nothing is to be done, microseconds.</summary>
    protected const uint NapUs = 5_000;

    /// <summary>How long it sleeps when something will be to be done soon, microseconds.</summary>
    protected const uint ShortNapUs = 1_000;

    private int _marked = -1;

    /// <summary>Gets what the instructions are given to.</summary>
    protected Assembler Code { get; } = program.Code;

    /// <summary>Gets the program's variables.</summary>
    protected Variables Variables { get; } = variables;

    /// <summary>Writes the subroutines, here.</summary>
    public abstract void Write();

    /// <summary>Makes a subroutine that is written later.</summary>
    protected Subroutine Subroutine() => new(Code);

    /// <summary>Makes a question that is written later.</summary>
    protected Question Question() => new(Code);

    /// <summary>Writes a subroutine.</summary>
    protected void Write(Subroutine subroutine, Action body)
    {
        Mark();
        subroutine.Begin();
        body();
        Code.ret();
    }

    /// <summary>Writes a question, which jumps to its yes or its no; who comes to its end says yes.</summary>
    protected void Write(Question question, Action<Label, Label> body)
    {
        Label yes = Later();
        Label no = Later();
        Mark();
        question.Begin();
        body(yes, no);
        Here(yes);
        Code.mov(eax, 1);
        Code.ret();
        Here(no);
        Code.xor(eax, eax);
        Code.ret();
    }

    /// <summary>Asks, and jumps on yes.</summary>
    protected void If(Question question, Label then)
    {
        question.Call();
        Code.test(eax, eax);
        Code.jnz(then);
    }

    /// <summary>Asks, and jumps on no.</summary>
    protected void Unless(Question question, Label then)
    {
        question.Call();
        Code.test(eax, eax);
        Code.jz(then);
    }

    /// <summary>Jumps unless this guest owns the device and is not asked for it: one load.</summary>
    protected void IfAsked(Label then)
    {
        Code.mov(rax, Shared.StateWord);
        Code.cmp(rax, Variables.OwnedWord);
        Code.jne(then);
    }

    /// <summary>Sleeps, or until a notification comes. Changes RAX and RDX.</summary>
    protected void Nap(uint microseconds) => program.Out(MachinePort.Sleep, microseconds);

    /// <summary>Makes a label to be placed later.</summary>
    protected Label Later() => Code.CreateLabel();

    /// <summary>Makes a label, here.</summary>
    protected Label Here()
    {
        Label label = Later();
        Here(label);
        return label;
    }

    /// <summary>Places a label, here.</summary>
    protected void Here(Label label)
    {
        Mark();
        Code.Label(ref label);
    }

    // An instruction has one label at most.
    private void Mark()
    {
        if (Code.Instructions.Count == _marked)
            Code.nop();
        _marked = Code.Instructions.Count;
    }
}
