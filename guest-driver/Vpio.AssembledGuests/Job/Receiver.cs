using Iced.Intel;
using Vpio.Abi.Network;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Drives the receive half of the device. What came is digested where the device put it, and its buffer posted again.</summary>
/// <remarks>What was filled before the device lost the ring is read first; only then the ring is set up again.</remarks>
internal sealed class Receiver : Part
{
    private readonly Doorbell _doorbell;
    private readonly Digest _digest;
    private readonly ReportRing _reports;
    private readonly Subroutine _find;
    private readonly Subroutine _post;
    private readonly Subroutine _giveBuffer;
    private readonly Subroutine _setUp;

    /// <summary>Makes the part.</summary>
    public Receiver(MachineProgram program, Variables variables, Doorbell doorbell, Digest digest, ReportRing reports)
        : base(program, variables)
    {
        _doorbell = doorbell;
        _digest = digest;
        _reports = reports;
        _find = Subroutine();
        _post = Subroutine();
        _giveBuffer = Subroutine();
        _setUp = Subroutine();
        PostAll = Subroutine();
        HasFrame = Question();
        Received = Question();
    }

    /// <summary>Gets what fills the whole ring with empty buffers.</summary>
    public Subroutine PostAll { get; }

    /// <summary>Gets whether a buffer was filled.</summary>
    public Question HasFrame { get; }

    /// <summary>Gets what receives a frame and reports it; whether it did.</summary>
    public Question Received { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        Write(_find, WriteFind);
        Write(HasFrame, (_, no) =>
        {
            _find.Call();
            Code.test(eax, eax);
            Code.jz(no);
        });
        Write(Received, WriteReceived);
        Write(_post, WritePost);
        Write(PostAll, WritePostAll);
        Write(_giveBuffer, WriteGiveBuffer);
        Write(_setUp, WriteSetUp);
    }

    // Answers in RDX the descriptor that comes next, in RSI its buffer, and in EAX its flags.
    private void WriteFind()
    {
        Code.mov(edx, Variables.RxTaken);
        Code.and(edx, RingMemory.EntryMask);
        Code.mov(esi, edx);
        Code.shl(edx, RingMemory.DescriptorShift);
        Code.add(rdx, Kept.Memory);
        Code.shl(esi, RingMemory.BufferShift);
        Code.add(rsi, Kept.Memory);
        Code.add(rsi, RingMemory.RxBuffers);

        // ORDER acquire: this processor reads in order; who sees the flag sees frame and length.
        Code.mov(eax, Field.Of<NicDescriptor>(rdx, nameof(NicDescriptor.Flags), RingMemory.RxRing));
    }

    private void WriteReceived(Label yes, Label no)
    {
        Label empty = Later();
        Label bad = Later();
        Label again = Here();
        IfAsked(no);
        _find.Call();
        Code.test(eax, eax);
        Code.jz(empty);
        Code.test(eax, NicDescriptor.Done);
        Code.jz(bad);
        Code.mov(ecx, Field.Of<NicDescriptor>(rdx, nameof(NicDescriptor.LengthBytes), RingMemory.RxRing));
        Code.cmp(ecx, RingMemory.BufferBytes);
        Code.ja(bad);
        _digest.Make.Call();
        _reports.Report.Call();
        Code.inc(Variables.Received);
        _giveBuffer.Call();
        Code.jmp(yes);

        Here(bad); // It came back without a frame.
        _giveBuffer.Call();
        Code.jmp(again);

        Here(empty);
        _setUp.Call();
        Code.jmp(no);
    }

    private void WritePost()
    {
        _find.Call();
        Code.mov(Field.Of<NicDescriptor>(rdx, nameof(NicDescriptor.LengthBytes), RingMemory.RxRing), RingMemory.BufferBytes);
        Code.mov(Field.Of<NicDescriptor>(rdx, nameof(NicDescriptor.Flags), RingMemory.RxRing), 0);
        Code.sub(rsi, Kept.Memory);
        Code.add(rsi, (int)RingMemory.Iova);
        Code.mov(Field.Of<NicDescriptor>(rdx, nameof(NicDescriptor.Iova), RingMemory.RxRing), rsi);
        Code.inc(Variables.RxTaken);
    }

    private void WritePostAll()
    {
        Code.mov(Variables.RxTaken, 0);
        Label again = Here();
        _post.Call();
        Code.cmp(Variables.RxTaken, RingMemory.Entries);
        Code.jb(again);
        Code.mov(Variables.RxTaken, 0);
    }

    // A ring that the device lost is shown to it when all that is left in it was read.
    private void WriteGiveBuffer()
    {
        Label end = Later();
        _post.Call();
        IfAsked(end);
        Code.mov(eax, NicField.Control);
        Code.test(eax, (uint)NicControl.RxEnable);
        Code.jz(end);
        Code.mov(eax, Variables.RxTaken);
        Code.add(eax, RingMemory.Entries);
        _doorbell.Ring(NicField.RxTail);
        Here(end);
    }

    private void WriteSetUp()
    {
        Label offered = Later();
        Label end = Later();
        Code.mov(eax, NicField.Control);
        Code.test(eax, (uint)NicControl.RxEnable);
        Code.jnz(offered);
        PostAll.Call();
        Offer();

        Here(offered);
        Code.pause();
        IfAsked(end);
        Code.mov(eax, NicField.Status);
        Code.test(eax, (uint)(NicStatus.RxRunning | NicStatus.RxFault));
        Code.jz(offered);
        Here(end);
    }

    private void Offer()
    {
        Code.mov(eax, RingMemory.Iova + RingMemory.RxRing);
        Code.mov(NicField.RxRingIova, rax);
        Code.mov(eax, RingMemory.Entries);
        Code.mov(NicField.RxRingEntries, eax);
        Code.mov(NicField.RxTail, eax);
        Code.mov(eax, NicField.Control);
        Code.or(eax, (uint)NicControl.RxEnable);
        _doorbell.Ring(NicField.Control);
    }
}
