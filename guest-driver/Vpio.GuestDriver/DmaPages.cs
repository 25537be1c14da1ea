using Vpio.Abi.Operations;

namespace Vpio.GuestDriver;

/// <summary>Gives out ranges of whole pages of the guest's memory: the first gap that is long enough.</summary>
/// <param name="memoryBytes">How long the guest's memory is, bytes.</param>
/// <remarks>Threads: any.</remarks>
internal sealed class DmaPages(long memoryBytes)
{
    private const long PageBytes = (long)MapArgs.Granule;

    private readonly Lock _gate = new();
    private readonly SortedList<long, long> _taken = []; // Offset to length, bytes.

    /// <summary>Takes a range.</summary>
    /// <param name="bytes">How much, bytes.</param>
    /// <returns>Where it begins and how long it is, both whole pages.</returns>
    internal (long Offset, long LengthBytes) Take(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes, memoryBytes);
        long length = (bytes + PageBytes - 1) / PageBytes * PageBytes;
        lock (_gate)
        {
            long offset = FirstGap(length);
            if (offset + length > memoryBytes)
                throw new InsufficientMemoryException($"The guest's memory of {memoryBytes} bytes has no {length} bytes free in one piece; {_taken.Values.Sum()} are taken.");
            _taken.Add(offset, length);
            return (offset, length);
        }
    }

    /// <summary>Gives a range back.</summary>
    /// <param name="offset">Where it begins, bytes.</param>
    internal void GiveBack(long offset)
    {
        lock (_gate)
            _taken.Remove(offset);
    }

    private long FirstGap(long length)
    {
        long end = 0;
        foreach ((long offset, long taken) in _taken)
        {
            if (offset - end >= length)
                return end;
            end = offset + taken;
        }

        return end;
    }
}
