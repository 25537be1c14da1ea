using Vpio.Jobs;

namespace Vpio.Tool.Jobs;

/// <summary>Is the guest's end of a ring of reports: it writes a digest for each frame, in order.</summary>
/// <remarks>Threads: one, the guest's.</remarks>
internal sealed class ReportWriter
{
    private readonly JobMemory _memory;
    private readonly long _ring;
    private readonly long _headAt;
    private readonly long _tailAt;
    private readonly uint _entries;
    private uint _head; // As last read: domain 0 may have read on.
    private uint _tail;

    /// <summary>Finds the ring.</summary>
    /// <param name="memory">The job's memory.</param>
    /// <param name="ringAt">Where it is said where the ring is.</param>
    /// <param name="headAt">Where domain 0 writes how many records it has read.</param>
    /// <param name="tailAt">Where the guest writes how many records there are.</param>
    internal ReportWriter(JobMemory memory, long ringAt, long headAt, long tailAt)
    {
        _memory = memory;
        _ring = (long)memory.Read64(ringAt);
        _headAt = headAt;
        _tailAt = tailAt;
        _entries = memory.Read32(JobLayout.ReportCount);
        _head = _tail = memory.Read32(tailAt);
    }

    /// <summary>Gets whether there is room for a record. When there is none, there will be: domain 0 reads on every few milliseconds.</summary>
    internal bool HasRoom
    {
        get
        {
            if (unchecked(_tail - _head) < _entries)
                return true;
            _head = _memory.Read32(_headAt);
            return unchecked(_tail - _head) < _entries;
        }
    }

    /// <summary>Writes a record and shows it to domain 0. There must be room.</summary>
    /// <param name="digest">The digest of a frame.</param>
    internal void Write(ulong digest)
    {
        _memory.Write64(_ring + ((_tail & (_entries - 1)) * JobLayout.ReportBytes), digest);
        unchecked
        {
            _tail++;
        }

        _memory.Write32(_tailAt, _tail);
    }
}
