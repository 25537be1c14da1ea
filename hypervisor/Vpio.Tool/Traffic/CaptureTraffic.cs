using Vpio.Abi.Network;
using Vpio.Tool.Run;

namespace Vpio.Tool.Traffic;

/// <summary>Plans a replay: each source address of the capture is a guest that sends that address's frames, once and unchanged.</summary>
internal static class CaptureTraffic
{
    /// <summary>Plans the run.</summary>
    /// <param name="options">The command line, with <c>--pcap</c>.</param>
    /// <param name="contents">The capture.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="UsageException">The capture needs more guests than were asked for, or than there can be.</exception>
    internal static TrafficPlan Plan(RunOptions options, CaptureContents contents)
    {
        RunRole role = options.Role ?? RunRole.Tx;
        List<GuestPlan> guests = role == RunRole.Rx ? Receivers(contents, []) : Transmitters(contents);
        if (role == RunRole.Mixed)
            guests.AddRange(Receivers(contents, [.. guests.Select(guest => guest.Mac)]));
        Complete(guests, options, role, contents.Name);
        FrameRate rate = options.Rate ?? FrameRate.Max;
        return new TrafficPlan
        {
            Contents = contents,
            IsReplay = true,
            Guests = guests,
            Wire = role switch { RunRole.Tx => WireShape.Outlet, RunRole.Rx => WireShape.FarEnd, _ => WireShape.Loopback },
            FarEnd = role == RunRole.Rx ? new OutgoingFrames(contents.Frames) : null,
            Rate = rate,
            FarEndRate = rate,
            Duration = options.Duration,
        };
    }

    private static List<GuestPlan> Transmitters(CaptureContents contents)
    {
        var bySource = new OrderedDictionary<MacAddress, List<ReadOnlyMemory<byte>>>();
        foreach (ReadOnlyMemory<byte> frame in contents.Frames)
        {
            MacAddress source = NicFrame.Source(frame.Span);
            if (!bySource.TryGetValue(source, out List<ReadOnlyMemory<byte>>? frames))
                bySource.Add(source, frames = []);
            frames.Add(frame);
        }

        return [.. bySource.Select(entry => new GuestPlan(GuestRole.Tx, entry.Key, new OutgoingFrames(entry.Value)))];
    }

    private static List<GuestPlan> Receivers(CaptureContents contents, HashSet<MacAddress> taken)
    {
        var receivers = new List<GuestPlan>();
        foreach (ReadOnlyMemory<byte> frame in contents.Frames)
        {
            MacAddress destination = NicFrame.Destination(frame.Span);
            if (!destination.IsGroup && taken.Add(destination))
                receivers.Add(new GuestPlan(GuestRole.Rx, destination));
        }

        return receivers;
    }

    // Guests beyond those of the capture receive where anything can arrive, else they only are there; hogs come last.
    private static void Complete(List<GuestPlan> guests, RunOptions options, RunRole role, string name)
    {
        int needed = guests.Count + options.Hogs;
        if (options.Guests < needed)
        {
            throw new UsageException(
                $"--guests {options.Guests} is too few: {name} needs {needed} guests{(options.Hogs > 0 ? ", hogs included" : "")}; leave --guests out or raise it.");
        }

        int count = options.Guests ?? needed;
        if (count > RunOptions.MostGuests)
        {
            throw new UsageException(
                $"{name} needs {count} guests, one for each address, where {RunOptions.MostGuests} is the most; replay a part of it, filtered by address.");
        }

        HashSet<MacAddress> taken = [.. guests.Select(guest => guest.Mac)];
        IReadOnlyList<MacAddress> fresh = GuestAddress.Fresh(count - guests.Count, taken);
        GuestRole extra = role == RunRole.Tx ? GuestRole.Idle : GuestRole.Rx;
        foreach (MacAddress address in fresh)
            guests.Add(new GuestPlan(extra, address, IsHog: guests.Count >= count - options.Hogs));
    }
}
