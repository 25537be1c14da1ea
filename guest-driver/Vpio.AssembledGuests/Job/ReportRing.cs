using Vpio.Jobs;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Writes reports into one of the job's rings. Nobody else writes its tail, so the tail in the job is the program's own.</summary>
internal sealed class ReportRing : Part
{
    private readonly int _ringAt;
    private readonly int _headAt;
    private readonly int _tailAt;

    /// <summary>Makes the part.</summary>
    /// <param name="program">The program.</param>
    /// <param name="variables">Its variables.</param>
    /// <param name="ringAt">Where it is said where the ring is.</param>
    /// <param name="headAt">Where domain 0 counts what it read.</param>
    /// <param name="tailAt">Where the program counts what it wrote.</param>
    public ReportRing(MachineProgram program, Variables variables, int ringAt, int headAt, int tailAt)
        : base(program, variables)
    {
        _ringAt = ringAt;
        _headAt = headAt;
        _tailAt = tailAt;
        HasRoom = Question();
        Report = Subroutine();
    }

    /// <summary>Gets whether there is room for a report. There will be: domain 0 reads on every few milliseconds.</summary>
    public Question HasRoom { get; }

    /// <summary>Gets what reports a frame, whose digest is in RAX; there must be room.</summary>
    public Subroutine Report { get; }

    /// <inheritdoc/>
    public override void Write()
    {
        Write(HasRoom, (_, no) =>
        {
            Code.mov(eax, JobField.Dword(_tailAt));
            Code.sub(eax, JobField.Dword(_headAt));
            Code.cmp(eax, JobField.ReportCount);
            Code.jae(no);
        });

        // ORDER release: this processor shows its writes in their order, the record before the tail.
        Write(Report, () =>
        {
            Code.mov(ecx, JobField.Dword(_tailAt));
            Code.mov(edx, JobField.ReportCount);
            Code.dec(edx);
            Code.and(edx, ecx);
            Code.mov(rsi, JobField.Qword(_ringAt));
            Code.add(rsi, Kept.TheJob);
            Code.mov(__qword_ptr[rsi + (rdx * JobLayout.ReportBytes)], rax);
            Code.inc(ecx);
            Code.mov(JobField.Dword(_tailAt), ecx);
        });
    }
}
