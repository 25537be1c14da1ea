using System.Collections;
using Vpio.Jobs;

namespace Vpio.Tool.Jobs;

/// <summary>Are the frames of a job, where domain 0 laid them down.</summary>
/// <param name="memory">The job's memory.</param>
/// <param name="table">Where the table of frames begins.</param>
/// <param name="count">How many there are.</param>
internal sealed class JobFrames(JobMemory memory, long table, int count) : IReadOnlyList<ReadOnlyMemory<byte>>
{
    private readonly ReadOnlyMemory<byte> _all = memory.Memory;

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count);
            long entry = table + ((long)index * JobLayout.FrameEntryBytes);
            return _all.Slice((int)memory.Read64(entry), (int)memory.Read32(entry + sizeof(ulong)));
        }
    }

    /// <inheritdoc/>
    public IEnumerator<ReadOnlyMemory<byte>> GetEnumerator() => Enumerable.Range(0, count).Select(place => this[place]).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
