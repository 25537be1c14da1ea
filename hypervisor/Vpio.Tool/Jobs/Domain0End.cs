using System.Text;
using Vpio.Abi;
using Vpio.Jobs;

namespace Vpio.Tool.Jobs;

/// <summary>Is domain 0's end of a guest's job: it lays the job down, says how far the run is, and reads what the guest says.</summary>
/// <remarks>
/// All that is read here a guest wrote: each value is read once, and whatever it is means something. Threads: those that read
/// the reports one at a time; the rest any.
/// </remarks>
internal sealed class Domain0End
{
    private readonly JobMemory _memory;

    /// <summary>Lays a job down.</summary>
    /// <param name="memory">Where to, all zeros.</param>
    /// <param name="job">The job.</param>
    internal Domain0End(JobMemory memory, GuestJob job)
    {
        _memory = memory;
        JobWriting.Write(memory, job);
        Submitted = new ReportReader(memory, JobLayout.FirstRing, job.ReportEntries, JobLayout.SubmittedHead, JobLayout.SubmittedTail);
        Received = new ReportReader(memory, JobWriting.ReceivedRingAt(job.ReportEntries), job.ReportEntries, JobLayout.ReceivedHead, JobLayout.ReceivedTail);
    }

    /// <summary>Gets the digests of the frames that the guest gave to its driver.</summary>
    internal ReportReader Submitted { get; }

    /// <summary>Gets the digests of the frames that the guest received.</summary>
    internal ReportReader Received { get; }

    /// <summary>Gets what the guest says it does; what has no meaning is a failure.</summary>
    internal GuestActivity Activity =>
        _memory.Read32(JobLayout.Activity) is <= (uint)GuestActivity.Failed and uint activity ? (GuestActivity)activity : GuestActivity.Failed;

    /// <summary>Gets the generation of the guest's present or latest ownership, as it says; 0 before the first.</summary>
    internal Generation Generation => new(_memory.Read64(JobLayout.Generation));

    /// <summary>Gets whether the guest says that it sends nothing more, and that the device took all.</summary>
    internal bool HasSentAll => _memory.Read32(JobLayout.HasSentAll) != 0;

    /// <summary>Gets how many of the frames submitted the guest's driver lost with the device, as it says. Read it before the records that it stands for.</summary>
    internal ulong Discarded => _memory.Read64(JobLayout.Discarded);

    /// <summary>Gets how long the guest took, the last time, to release when asked, as it says.</summary>
    internal TimeSpan LastRelease => new((long)Math.Min(_memory.Read64(JobLayout.LastReleaseNs) / TimeSpan.NanosecondsPerTick, (ulong)TimeSpan.TicksPerDay));

    /// <summary>Gets why the guest says its program failed, on one line; empty when it says nothing.</summary>
    internal string Failure
    {
        get
        {
            Span<byte> bytes = stackalloc byte[JobLayout.FailureBytes];
            _memory.Read(JobLayout.Failure, bytes);
            int end = bytes.IndexOf((byte)0);
            string text = Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
            return string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter)).Trim();
        }
    }

    /// <summary>Says how far the run is.</summary>
    /// <param name="phase">The phase, no earlier than any before.</param>
    internal void Enter(JobPhase phase) => _memory.Write32(JobLayout.Phase, (uint)phase);

    /// <summary>Says how many frames the NIC has accepted for the guest so far.</summary>
    internal void Announce(long framesDue) => _memory.Write64(JobLayout.FramesDue, (ulong)framesDue);
}
