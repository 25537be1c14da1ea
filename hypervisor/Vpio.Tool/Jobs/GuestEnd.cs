using System.Text;
using Vpio.Abi;
using Vpio.Jobs;

namespace Vpio.Tool.Jobs;

/// <summary>Is the guest's end of its job: what it is to do, how far the run is, and what it says it does.</summary>
/// <remarks>Threads: one, the guest's.</remarks>
internal sealed class GuestEnd
{
    private readonly JobMemory _memory;

    /// <summary>Takes the job up.</summary>
    /// <param name="memory">Where it stands.</param>
    /// <exception cref="InvalidDataException">There is no job of this layout.</exception>
    internal GuestEnd(JobMemory memory)
    {
        _memory = memory;
        Job = JobReading.Read(memory);
        Submitted = new ReportWriter(memory, JobLayout.SubmittedRing, JobLayout.SubmittedHead, JobLayout.SubmittedTail);
        Received = new ReportWriter(memory, JobLayout.ReceivedRing, JobLayout.ReceivedHead, JobLayout.ReceivedTail);
    }

    /// <summary>Gets what to do.</summary>
    internal GuestJob Job { get; }

    /// <summary>Gets where it reports each frame that the driver took, before the device is shown it.</summary>
    internal ReportWriter Submitted { get; }

    /// <summary>Gets where it reports each frame that it received.</summary>
    internal ReportWriter Received { get; }

    /// <summary>Gets how far the run is.</summary>
    internal JobPhase Phase => (JobPhase)_memory.Read32(JobLayout.Phase);

    /// <summary>Gets how many frames the NIC has accepted for the guest so far, as domain 0 last said.</summary>
    internal ulong FramesDue => _memory.Read64(JobLayout.FramesDue);

    /// <summary>Says what it is doing.</summary>
    internal void Become(GuestActivity activity) => _memory.Write32(JobLayout.Activity, (uint)activity);

    /// <summary>Says that it owns the device.</summary>
    /// <param name="generation">The ownership.</param>
    internal void Own(Generation generation)
    {
        _memory.Write64(JobLayout.Generation, generation.Value);
        Become(GuestActivity.Holding);
    }

    /// <summary>Says that nothing more will be sent, and that the device took all that was.</summary>
    internal void NoteSentAll() => _memory.Write32(JobLayout.HasSentAll, 1);

    /// <summary>Says how many of the frames submitted the driver lost with the device, in all.</summary>
    /// <param name="frames">The oldest that the device had not taken.</param>
    internal void NoteDiscarded(long frames) => _memory.Write64(JobLayout.Discarded, (ulong)frames);

    /// <summary>Says how long it took to release when asked.</summary>
    internal void NoteRelease(TimeSpan time) => _memory.Write64(JobLayout.LastReleaseNs, (ulong)(time.Ticks * TimeSpan.NanosecondsPerTick));

    /// <summary>Says that its program failed, and why.</summary>
    /// <param name="sentence">Why.</param>
    internal void Fail(string sentence)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(sentence);
        _memory.Write(JobLayout.Failure, bytes.AsSpan(0, Math.Min(bytes.Length, JobLayout.FailureBytes - 1)));
        Become(GuestActivity.Failed);
    }
}
