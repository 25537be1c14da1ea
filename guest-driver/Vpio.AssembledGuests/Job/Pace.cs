using Iced.Intel;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Keeps the rate of the job.</summary>
/// <remarks>A product of nanoseconds and a rate has 128 bits, as MUL makes it and DIV takes it; the quotients have 64 for the first hundred years of a run.</remarks>
internal sealed class Pace : Part
{
    private const int NsPerSecond = 1_000_000_000;

    private readonly Clock _clock;
    private readonly Subroutine _elapsed;

    /// <summary>Makes the part.</summary>
    public Pace(MachineProgram program, Variables variables, Clock clock)
        : base(program, variables)
    {
        _clock = clock;
        _elapsed = Subroutine();
        IsDue = Question();
        UntilNext = Subroutine();
    }

    /// <summary>Gets whether another frame may be begun by now.</summary>
    public Question IsDue { get; }

    /// <summary>Gets what answers in RAX how many nanoseconds there are until another frame may be begun.</summary>
    public Subroutine UntilNext { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        Write(_elapsed, () =>
        {
            _clock.Now.Call();
            Code.sub(rax, Variables.SendingSinceNs);
        });

        // As many as elapsed * rate, and one more, are more than were begun.
        Write(IsDue, (yes, no) =>
        {
            Code.mov(eax, JobField.Rate);
            Code.test(eax, eax);
            Code.jz(yes);
            _elapsed.Call();
            Code.mov(ecx, JobField.Rate);
            Code.mul(rcx);
            Code.mov(ecx, NsPerSecond);
            Code.div(rcx);
            Code.cmp(rax, Variables.Begun);
            Code.jb(no);
        });

        // The frame after those that were begun is due at begun / rate.
        Write(UntilNext, () =>
        {
            Label end = Later();
            Code.mov(ecx, JobField.Rate);
            Code.xor(eax, eax);
            Code.test(ecx, ecx);
            Code.jz(end);
            _elapsed.Call();
            Code.mov(rsi, rax);
            Code.mov(rax, Variables.Begun);
            Code.mov(ecx, NsPerSecond);
            Code.mul(rcx);
            Code.mov(ecx, JobField.Rate);
            Code.div(rcx);
            Code.sub(rax, rsi);
            Code.jae(end);
            Code.xor(eax, eax);
            Here(end);
        });
    }
}
