using Iced.Intel;
using Vpio.Jobs;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Makes the frames that the job has the guest send ready, in their order and with their addresses.</summary>
/// <remarks>Source: <c>docs/guest-programs.md</c>, "What is sent".</remarks>
internal sealed class Traffic : Part
{
    private const int Destination = 0;
    private const int Source = 6;
    private const int AddressTail = sizeof(uint); // An address is a word of 32 bits and one of 16.
    private const int GroupBit = 1;

    private readonly Subroutine _address;

    /// <summary>Makes the part.</summary>
    public Traffic(MachineProgram program, Variables variables)
        : base(program, variables)
    {
        _address = Subroutine();
        HasNext = Question();
        Prepare = Subroutine();
        Advance = Subroutine();
    }

    /// <summary>Gets whether there is a frame to send.</summary>
    public Question HasNext { get; }

    /// <summary>Gets what makes the next frame ready, of which there must be one.</summary>
    public Subroutine Prepare { get; }

    /// <summary>Gets what goes on to the frame behind the one that is ready.</summary>
    public Subroutine Advance { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        Write(HasNext, (yes, no) =>
        {
            Code.mov(eax, JobField.FrameCount);
            Code.test(eax, eax);
            Code.jz(no);
            Code.test(JobField.Flags, JobLayout.Repeats);
            Code.jnz(yes);
            Code.cmp(Variables.NextFrame, eax);
            Code.jae(no);
        });
        Write(Prepare, WritePrepare);
        Write(_address, WriteAddress);
        Write(Advance, WriteAdvance);
    }

    private void WritePrepare()
    {
        Label end = Later();
        Code.mov(eax, Variables.NextFrame);
        Code.imul(rax, rax, JobLayout.FrameEntryBytes);
        Code.add(rax, JobField.FrameTable);
        Code.mov(rsi, __qword_ptr[Kept.TheJob + rax]);
        Code.add(rsi, Kept.TheJob);
        Code.mov(ecx, __dword_ptr[Kept.TheJob + rax + sizeof(ulong)]);
        Code.mov(Variables.FrameLength, ecx);
        Code.lea(rdi, Variables.Frame);
        Code.rep.movsb();
        Code.test(JobField.Flags, JobLayout.Repeats);
        Code.jz(end);
        _address.Call();
        Here(end);
    }

    private void WriteAddress()
    {
        Label end = Later();
        Label inTable = Later();
        Code.mov(eax, JobField.MacFirst);
        Code.mov(__dword_ptr[Variables.Frame + Source], eax);
        Code.mov(ax, JobField.MacLast);
        Code.mov(__word_ptr[Variables.Frame + (Source + AddressTail)], ax);
        Code.mov(ecx, JobField.DestinationCount);
        Code.test(ecx, ecx);
        Code.jz(end);
        Code.test(__byte_ptr[Variables.Frame + Destination], GroupBit);
        Code.jnz(end);

        Code.mov(eax, Variables.NextDestination);
        Code.xor(edx, edx);
        Code.div(ecx);
        Code.mov(rsi, JobField.DestinationTable);
        Code.add(rsi, Kept.TheJob);
        Code.mov(eax, __dword_ptr[rsi + (rdx * JobLayout.DestinationBytes)]);
        Code.mov(__dword_ptr[Variables.Frame + Destination], eax);
        Code.mov(ax, __word_ptr[rsi + (rdx * JobLayout.DestinationBytes) + AddressTail]);
        Code.mov(__word_ptr[Variables.Frame + (Destination + AddressTail)], ax);
        Code.inc(edx);
        Code.cmp(edx, ecx);
        Code.jb(inTable);
        Code.xor(edx, edx);
        Here(inTable);
        Code.mov(Variables.NextDestination, edx);
        Here(end);
    }

    private void WriteAdvance()
    {
        Label end = Later();
        Code.mov(eax, Variables.NextFrame);
        Code.inc(eax);
        Code.test(JobField.Flags, JobLayout.Repeats);
        Code.jz(end);
        Code.xor(edx, edx);
        Code.div(JobField.FrameCount); // The remainder is the number of the next.
        Code.mov(eax, edx);
        Here(end);
        Code.mov(Variables.NextFrame, eax);
    }
}
