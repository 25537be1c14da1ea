using Iced.Intel;
using Vpio.Abi;
using Vpio.Abi.Operations;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Takes the device in turn, and says whether it is still this guest's.</summary>
/// <remarks>While the guest holds the device the state word is one of two numbers, of which the program keeps both.</remarks>
internal sealed class Turns : Part
{
    // Events after which a place in the queue may be gone, or come up.
    private const uint EventsOfAWait = (uint)(DeviceEvents.Granted | DeviceEvents.Reset | DeviceEvents.Removed);

    private readonly Upcalls _upcalls;
    private readonly Hypercalls _calls;
    private readonly Subroutine _own;

    /// <summary>Makes the part.</summary>
    public Turns(MachineProgram program, Variables variables, Upcalls upcalls, Hypercalls calls)
        : base(program, variables)
    {
        _upcalls = upcalls;
        _calls = calls;
        _own = Subroutine();
        Await = Subroutine();
        IsHeld = Question();
        MustStop = Question();
    }

    /// <summary>Gets what waits until this guest owns the device, and answers a status in RAX.</summary>
    public Subroutine Await { get; }

    /// <summary>Gets whether this guest holds the device, asked for it or not. Changes RAX alone.</summary>
    public Question IsHeld { get; }

    /// <summary>Gets whether the device was asked back, or is not held any more. Changes RAX alone.</summary>
    public Question MustStop { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        Write(Await, WriteAwait);
        Write(_own, WriteOwn);
        Write(IsHeld, (yes, no) =>
        {
            Code.mov(rax, Shared.StateWord);
            Code.cmp(rax, Variables.OwnedWord);
            Code.je(yes);
            Code.cmp(rax, Variables.RevokingWord);
            Code.jne(no);
        });
        Write(MustStop, (yes, no) =>
        {
            IfAsked(yes);
            Code.jmp(no);
        });
    }

    // Events are hints: the word decides, and where it does not, the hypervisor is asked again.
    private void WriteAwait()
    {
        Label look = Later();
        Label granted = Later();
        Label end = Later();
        Label ask = Here();
        _calls.Grab.Call();
        Code.mov(rcx, rax);
        Code.mov(rax, Hypercalls.Argument<GrabArgs>(nameof(GrabArgs.Generation)));
        Code.cmp(rcx, (int)DeviceStatus.Ok);
        Code.je(granted);
        Code.cmp(rcx, (int)DeviceStatus.Queued);
        Code.je(look);
        Code.mov(rax, rcx);
        Code.cmp(rcx, (int)DeviceStatus.Exists); // It is decided, and the word says so or will.
        Code.jne(end);

        Here(look);
        _upcalls.TakeMasked.Call();
        WriteIfGranted(granted);
        Code.xor(eax, eax);
        Code.xchg(Variables.Events, eax);
        Code.test(eax, EventsOfAWait);
        Code.jnz(ask);
        Code.mov(rsi, WaitArgs.Forever);
        _calls.Wait.Call();
        Code.test(rax, rax);
        Code.jz(look);
        Code.jmp(end);

        Here(granted);
        _own.Call();
        _upcalls.Take.Call();
        Code.xor(eax, eax);
        Here(end);
    }

    /// <summary>Jumps, with the generation in RAX, when the word names this guest as who holds the device.</summary>
    private void WriteIfGranted(Label granted)
    {
        Label notHeld = Later();
        Label held = Later();
        Code.mov(rax, Shared.StateWord);
        Code.mov(rcx, rax);
        Code.shr(rcx, StateWord.OwnerShift);
        Code.cmp(cx, __word_ptr[Variables.DomainId]);
        Code.jne(notHeld);
        Code.cmp(al, (int)DeviceState.Owned);
        Code.je(held);
        Code.cmp(al, (int)DeviceState.Revoking);
        Code.jne(notHeld);
        Here(held);
        Code.shr(rax, StateWord.GenerationShift);
        Code.jmp(granted);
        Here(notHeld);
    }

    // The generation of the ownership is in RAX.
    private void WriteOwn()
    {
        Code.mov(JobField.Generation, rax);
        Code.shl(rax, StateWord.GenerationShift);
        Code.mov(rcx, Variables.DomainId);
        Code.shl(rcx, StateWord.OwnerShift);
        Code.or(rax, rcx);
        Code.lea(rcx, __[rax + (int)DeviceState.Owned]);
        Code.mov(Variables.OwnedWord, rcx);
        Code.lea(rcx, __[rax + (int)DeviceState.Revoking]);
        Code.mov(Variables.RevokingWord, rcx);
    }
}
