using System.Buffers.Binary;
using Vpio.Abi.Network;
using Vpio.Jobs;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Jobs;

/// <summary>Lays a job down in memory, for the guest to read.</summary>
internal static class JobWriting
{
    private const long PageBytes = 4096;

    /// <summary>Tells where the ring of the reports on received frames begins, behind the one on those submitted.</summary>
    /// <param name="reportEntries">How many reports each ring holds.</param>
    /// <returns>Its offset, bytes.</returns>
    internal static long ReceivedRingAt(uint reportEntries) => JobLayout.FirstRing + (reportEntries * JobLayout.ReportBytes);

    /// <summary>Tells how much memory the job of a guest takes.</summary>
    /// <param name="outgoing">What the guest sends; null when it sends nothing.</param>
    /// <param name="reportEntries">How many reports each ring of them holds.</param>
    /// <returns>Bytes, whole pages.</returns>
    internal static long BytesFor(OutgoingFrames? outgoing, uint reportEntries = JobLayout.ReportEntries)
    {
        long bytes = TablesAt(reportEntries);
        if (outgoing is not null)
        {
            bytes += (outgoing.Destinations.Count * JobLayout.DestinationBytes) + ((long)outgoing.Frames.Count * JobLayout.FrameEntryBytes);
            bytes += outgoing.Frames.Sum(frame => (long)frame.Length);
        }

        return (bytes + PageBytes - 1) / PageBytes * PageBytes;
    }

    /// <summary>Writes a job. Nothing of it changes afterwards but the phase and what follows it.</summary>
    /// <param name="memory">Where to; all zeros, and as long as <see cref="BytesFor"/> says.</param>
    /// <param name="job">The job.</param>
    internal static void Write(JobMemory memory, GuestJob job)
    {
        memory.Write32(JobLayout.Version, JobLayout.VersionValue);
        memory.Write32(JobLayout.Flags, Flags(job));
        memory.Write32(JobLayout.Device, job.Device.Value);
        memory.Write32(JobLayout.PracticeDevice, job.PracticeDevice?.Value ?? JobLayout.NoDevice);
        memory.Write32(JobLayout.RingEntries, (uint)job.RingEntries);
        memory.Write32(JobLayout.Rate, (uint)job.Rate.PerSecond);
        memory.Write64(JobLayout.Mac, job.Mac.Value);
        memory.Write32(JobLayout.ReportCount, job.ReportEntries);
        memory.Write64(JobLayout.SubmittedRing, JobLayout.FirstRing);
        memory.Write64(JobLayout.ReceivedRing, (ulong)ReceivedRingAt(job.ReportEntries));
        if (job.Outgoing is { } outgoing)
            Write(memory, outgoing, TablesAt(job.ReportEntries));
        memory.Write64(JobLayout.Magic, JobLayout.MagicValue);
    }

    private static uint Flags(GuestJob job) =>
        (job.Outgoing is { Repeats: true } ? JobLayout.Repeats : 0)
        | (job.IsHog ? JobLayout.Hog : 0)
        | (job.Receives ? JobLayout.Receives : 0);

    private static long TablesAt(uint reportEntries) => ReceivedRingAt(reportEntries) + (reportEntries * JobLayout.ReportBytes);

    private static void Write(JobMemory memory, OutgoingFrames outgoing, long tablesAt)
    {
        long frameTable = tablesAt + (outgoing.Destinations.Count * JobLayout.DestinationBytes);
        memory.Write32(JobLayout.FrameCount, (uint)outgoing.Frames.Count);
        memory.Write32(JobLayout.DestinationCount, (uint)outgoing.Destinations.Count);
        memory.Write32(JobLayout.FirstDestination, (uint)outgoing.FirstDestination);
        memory.Write64(JobLayout.DestinationTable, (ulong)tablesAt);
        memory.Write64(JobLayout.FrameTable, (ulong)frameTable);
        long at = tablesAt;
        foreach (MacAddress destination in outgoing.Destinations)
        {
            memory.Write64(at, destination.Value);
            at += JobLayout.DestinationBytes;
        }

        WriteFrames(memory, outgoing.Frames, frameTable);
    }

    private static void WriteFrames(JobMemory memory, IReadOnlyList<ReadOnlyMemory<byte>> frames, long table)
    {
        long entryAt = table;
        long at = table + ((long)frames.Count * JobLayout.FrameEntryBytes);
        Span<byte> entry = stackalloc byte[JobLayout.FrameEntryBytes];
        entry.Clear();
        foreach (ReadOnlyMemory<byte> frame in frames)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(entry, (ulong)at);
            BinaryPrimitives.WriteUInt32LittleEndian(entry[sizeof(ulong)..], (uint)frame.Length);
            memory.Write(entryAt, entry);
            memory.Write(at, frame.Span);
            entryAt += JobLayout.FrameEntryBytes;
            at += frame.Length;
        }
    }
}
