using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Jobs;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Jobs;

/// <summary>Reads a job out of memory, as its guest.</summary>
internal static class JobReading
{
    /// <summary>Reads the job.</summary>
    /// <param name="memory">Where it stands; the frames stay there.</param>
    /// <returns>The job.</returns>
    /// <exception cref="InvalidDataException">There is no job of this layout.</exception>
    internal static GuestJob Read(JobMemory memory)
    {
        if (memory.LengthBytes < JobLayout.FirstRing || memory.Read64(JobLayout.Magic) != JobLayout.MagicValue)
            throw new InvalidDataException("The application memory holds no job of vpio run.");
        uint version = memory.Read32(JobLayout.Version);
        if (version != JobLayout.VersionValue)
            throw new InvalidDataException($"The job is of version {version}, and this program knows version {JobLayout.VersionValue}.");
        uint flags = memory.Read32(JobLayout.Flags);
        uint practice = memory.Read32(JobLayout.PracticeDevice);
        return new GuestJob
        {
            Device = new DeviceIndex(memory.Read32(JobLayout.Device)),
            PracticeDevice = practice == JobLayout.NoDevice ? null : new DeviceIndex(practice),
            Mac = new MacAddress(memory.Read64(JobLayout.Mac)),
            Outgoing = ReadOutgoing(memory, (flags & JobLayout.Repeats) != 0),
            Rate = new FrameRate((int)memory.Read32(JobLayout.Rate)),
            IsHog = (flags & JobLayout.Hog) != 0,
            Receives = (flags & JobLayout.Receives) != 0,
            RingEntries = (int)memory.Read32(JobLayout.RingEntries),
        };
    }

    private static OutgoingFrames? ReadOutgoing(JobMemory memory, bool repeats)
    {
        int count = (int)memory.Read32(JobLayout.FrameCount);
        if (count == 0)
            return null;
        var frames = new JobFrames(memory, (long)memory.Read64(JobLayout.FrameTable), count);
        return repeats
            ? new OutgoingFrames(frames)
            {
                Repeats = true,
                Source = new MacAddress(memory.Read64(JobLayout.Mac)),
                Destinations = ReadDestinations(memory),
                FirstDestination = (int)memory.Read32(JobLayout.FirstDestination),
            }
            : new OutgoingFrames(frames);
    }

    private static MacAddress[] ReadDestinations(JobMemory memory)
    {
        long table = (long)memory.Read64(JobLayout.DestinationTable);
        return [.. Enumerable.Range(0, (int)memory.Read32(JobLayout.DestinationCount))
            .Select(place => new MacAddress(memory.Read64(table + ((long)place * JobLayout.DestinationBytes))))];
    }
}
