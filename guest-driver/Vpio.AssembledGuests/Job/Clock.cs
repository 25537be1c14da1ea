using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Tells the time: the hypervisor's clock, by the counter of this processor and the conversion in the guest page.</summary>
internal sealed class Clock : Part
{
    /// <summary>Makes the part.</summary>
    public Clock(MachineProgram program, Variables variables)
        : base(program, variables) => Now = Subroutine();

    /// <summary>Gets what answers the time, nanoseconds, in RAX. Changes RCX and RDX.</summary>
    public Subroutine Now { get; }

    /// <inheritdoc/>
    public override void Write() => Write(Now, () =>
    {
        Code.rdtsc();
        Code.shl(rdx, 32);
        Code.or(rax, rdx);
        Code.sub(rax, Shared.TscBase);
        Code.mov(ecx, Shared.TscMul);
        Code.mul(rcx);
        Code.mov(ecx, Shared.TscShift);
        Code.shrd(rax, rdx, cl);
        Code.add(rax, Shared.NsBase);
    });
}
