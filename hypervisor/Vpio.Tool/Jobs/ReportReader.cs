using Vpio.Jobs;

namespace Vpio.Tool.Jobs;

/// <summary>Is domain 0's end of a ring of reports. What it reads a guest wrote: nothing there can lead it outside of the ring, or keep it busy.</summary>
/// <remarks>Threads: one at a time.</remarks>
/// <param name="memory">The job's memory.</param>
/// <param name="ring">Where the ring is.</param>
/// <param name="entries">How many records it holds, a power of two.</param>
/// <param name="headAt">Where domain 0 writes how many records it has read.</param>
/// <param name="tailAt">Where the guest writes how many records there are.</param>
internal sealed class ReportReader(JobMemory memory, long ring, uint entries, long headAt, long tailAt)
{
    private uint _head;

    /// <summary>Gets whether the guest wrote what cannot be. From then on nothing is read here.</summary>
    internal bool IsBroken { get; private set; }

    /// <summary>Reads no more: what the guest writes here makes no sense.</summary>
    internal void Break() => IsBroken = true;

    /// <summary>Looks how many records there are, and lets the guest have the room of those that were read.</summary>
    /// <returns>How many may be read, at most the length of the ring.</returns>
    internal uint Look()
    {
        if (IsBroken)
            return 0;
        memory.Write32(headAt, _head);
        uint count = unchecked(memory.Read32(tailAt) - _head);
        IsBroken = count > entries;
        return IsBroken ? 0 : count;
    }

    /// <summary>Passes over all records there are.</summary>
    internal void Skip()
    {
        uint count = Look();
        unchecked
        {
            _head += count;
        }
    }

    /// <summary>Reads the next record; there must be one by the last <see cref="Look"/>.</summary>
    /// <returns>The digest of a frame, or whatever the guest wrote.</returns>
    internal ulong Read()
    {
        ulong digest = memory.Read64(ring + ((_head & (entries - 1)) * JobLayout.ReportBytes));
        unchecked
        {
            _head++;
        }

        return digest;
    }
}
