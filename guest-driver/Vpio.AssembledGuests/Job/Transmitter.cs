using Iced.Intel;
using Vpio.Abi.Network;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Drives the transmit half of the device.</summary>
/// <remarks>
/// Whether the device has the ring is told by its registers alone, which show this guest's own context while it owns the device: <c>Control</c> is zero again after a reset. So there is
/// nothing to remember, and nothing that could be wrong. Reading them costs no exit.
/// </remarks>
internal sealed class Transmitter : Part
{
    private readonly Turns _turns;
    private readonly Doorbell _doorbell;
    private readonly Question _isSetUp;
    private readonly Subroutine _countLost;

    /// <summary>Makes the part.</summary>
    public Transmitter(MachineProgram program, Variables variables, Turns turns, Doorbell doorbell)
        : base(program, variables)
    {
        _turns = turns;
        _doorbell = doorbell;
        _isSetUp = Question();
        _countLost = Subroutine();
        Posted = Question();
        CountOutstanding = Subroutine();
        NoteLost = Subroutine();
    }

    /// <summary>Gets what posts the frame that is ready and rings; whether it did.</summary>
    public Question Posted { get; }

    /// <summary>Gets what answers in RAX how many frames are posted and not yet taken; none when the device lost the ring. Only while it is held.</summary>
    public Subroutine CountOutstanding { get; }

    /// <summary>Gets what tells domain 0 how many posted frames were lost with the device.</summary>
    public Subroutine NoteLost { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        Write(Posted, (_, no) =>
        {
            IfAsked(no);
            Unless(_isSetUp, no);
            CountOutstanding.Call();
            Code.cmp(eax, RingMemory.Entries);
            Code.jae(no);
            FillDescriptor();
            Code.inc(Variables.TxPosted);
            Code.mov(eax, Variables.TxPosted);
            _doorbell.Ring(NicField.TxTail);
        });
        Write(_isSetUp, WriteIsSetUp);
        Write(CountOutstanding, WriteCountOutstanding);
        Write(_countLost, WriteCountLost);
        Write(NoteLost, WriteNoteLost);
    }

    private void FillDescriptor()
    {
        Code.mov(edx, Variables.TxPosted);
        Code.and(edx, RingMemory.EntryMask);
        Code.mov(eax, edx);
        Code.shl(edx, RingMemory.DescriptorShift);
        Code.add(rdx, Kept.Memory);
        Code.shl(eax, RingMemory.BufferShift);
        Code.add(eax, RingMemory.TxBuffers);

        Code.mov(ecx, Variables.FrameLength);
        Code.mov(Field.Of<NicDescriptor>(rdx, nameof(NicDescriptor.LengthBytes), RingMemory.TxRing), ecx);
        Code.mov(Field.Of<NicDescriptor>(rdx, nameof(NicDescriptor.Flags), RingMemory.TxRing), 0);
        Code.lea(rdi, __[Kept.Memory + rax]);
        Code.lea(rsi, Variables.Frame);
        Code.rep.movsb();
        Code.add(eax, RingMemory.Iova);
        Code.mov(Field.Of<NicDescriptor>(rdx, nameof(NicDescriptor.Iova), RingMemory.TxRing), rax);
    }

    private void WriteIsSetUp(Label yes, Label no)
    {
        Label offered = Later();
        Code.mov(eax, NicField.Control);
        Code.test(eax, (uint)NicControl.TxEnable);
        Code.jnz(offered);
        Offer();

        Here(offered);
        Code.pause();
        IfAsked(no);
        Code.mov(eax, NicField.Status);
        Code.test(eax, (uint)NicStatus.TxFault);
        Code.jnz(no);
        Code.test(eax, (uint)NicStatus.TxRunning);
        Code.jz(offered);
    }

    private void Offer()
    {
        _countLost.Call();
        Code.mov(eax, RingMemory.Iova + RingMemory.TxRing);
        Code.mov(NicField.TxRingIova, rax);
        Code.mov(eax, RingMemory.Entries);
        Code.mov(NicField.TxRingEntries, eax);
        Code.xor(eax, eax);
        Code.mov(NicField.TxTail, eax);
        Code.mov(eax, NicField.Control);
        Code.or(eax, (uint)NicControl.TxEnable);
        _doorbell.Ring(NicField.Control);
    }

    private void WriteCountOutstanding()
    {
        Label lost = Later();
        Label end = Later();
        Code.mov(eax, NicField.Control);
        Code.test(eax, (uint)NicControl.TxEnable);
        Code.jz(lost);
        Code.mov(eax, Variables.TxPosted);
        Code.mov(ecx, NicField.TxHead);
        Code.sub(eax, ecx);
        Code.jmp(end);
        Here(lost);
        Code.xor(eax, eax);
        Here(end);
    }

    // The device's account outlives every reset: what it consumed since the ring was set up is taken, and the rest of what was posted is lost.
    private void WriteCountLost()
    {
        Label none = Later();
        Label end = Later();
        Code.mov(rdx, NicField.TxFrames);
        Code.mov(rcx, NicField.TxErrors);
        Code.add(rdx, rcx);
        Unless(_turns.IsHeld, end); // What was read is no account then.
        Code.mov(ecx, Variables.TxPosted);
        Code.add(ecx, Variables.TxConsumedBefore);
        Code.sub(ecx, edx);
        Code.cmp(ecx, RingMemory.Entries);
        Code.ja(none);
        Code.add(Variables.TxLost, rcx);
        Here(none);
        Code.mov(Variables.TxConsumedBefore, edx);
        Code.mov(Variables.TxPosted, 0);
        Here(end);
    }

    private void WriteNoteLost()
    {
        Label note = Later();
        Unless(_turns.IsHeld, note);
        Code.mov(eax, NicField.Control);
        Code.test(eax, (uint)NicControl.TxEnable);
        Code.jnz(note);
        _countLost.Call();
        Here(note);
        Code.mov(rax, Variables.TxLost);
        Code.mov(JobField.Discarded, rax);
    }
}
