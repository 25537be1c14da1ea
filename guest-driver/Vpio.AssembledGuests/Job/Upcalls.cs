using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Takes upcalls: by interrupt while the program works, and by itself, masked, when it is about to sleep.</summary>
/// <remarks>
/// At CPL 3 nobody can turn interrupts off, so between a look at what came and the sleep an interrupt could take what should have kept the program awake. The mask in the guest page
/// stands for it: while it is set the handler takes nothing, and <c>DEVOP_wait</c> clears it before its last look. Source: <c>docs/abi.md</c>, "Upcall order".
/// </remarks>
internal sealed class Upcalls : Part
{
    private readonly MachineProgram _program;

    /// <summary>Makes the part.</summary>
    public Upcalls(MachineProgram program, Variables variables)
        : base(program, variables)
    {
        _program = program;
        TakeMasked = Subroutine();
        Take = Subroutine();
    }

    /// <summary>Gets what takes all that came so far, and leaves upcalls masked: the program is about to sleep. Changes RAX and RCX.</summary>
    public Subroutine TakeMasked { get; }

    /// <summary>Gets what takes all that came, until nothing is left, and leaves upcalls unmasked. Changes RAX and RCX.</summary>
    public Subroutine Take { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        WriteHandler();
        Write(TakeMasked, () =>
        {
            Code.mov(Shared.UpcallMask, 1);
            Code.mov(Shared.UpcallPending, 0);

            // ORDER full: an XCHG with memory is a fence. The flag is seen clear before the selector is looked at, or an event between them is lost.
            Code.xor(eax, eax);
            Code.xchg(Shared.PendingSelector, rax);
            Code.mov(ecx, JobField.Device);
            Code.xor(eax, eax);
            Code.xchg(Shared.Events(rcx), eax);
            Code.or(Variables.Events, eax);
        });
        Write(Take, () =>
        {
            Label again = Here();
            TakeMasked.Call();
            Code.mov(Shared.UpcallMask, 0);

            // ORDER full: either this sees what came masked, or who raises sees the mask gone.
            Code.mfence();
            Code.cmp(Shared.UpcallPending, 0);
            Code.jne(again);
        });
    }

    // It may come at any instruction, the very first included, and finds the stack of whoever was interrupted.
    private void WriteHandler()
    {
        Label ignore = Later();
        _program.BeginUpcallHandler();
        Code.test(Kept.Page, Kept.Page);
        Code.jz(ignore); // The registers are not set yet. The program takes what came when they are.
        Code.cmp(Shared.UpcallMask, 0);
        Code.jne(ignore);
        Code.push(rax);
        Code.push(rcx);
        Take.Call();
        Code.pop(rcx);
        Code.pop(rax);
        Here(ignore);
        Code.iretq();
    }
}
