using Vpio.Abi.Network;
using Vpio.Tool.Run;

namespace Vpio.Tool.Traffic;

/// <summary>Plans a run of the sample: real frames that ship with the tool, sent over and over between the guests of the run.</summary>
internal static class SampleTraffic
{
    /// <summary>The number of guests unless the command line says another.</summary>
    internal const int DefaultGuests = 4;

    private const string Resource = "Vpio.Tool.Traffic.sample.pcap";

    /// <summary>Reads the capture that ships with the tool.</summary>
    /// <returns>Its frames.</returns>
    internal static CaptureContents ReadSample()
    {
        Stream sample = typeof(SampleTraffic).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is missing from the tool.");
        return CaptureContents.Read(sample, "the sample");
    }

    /// <summary>Plans the run.</summary>
    /// <param name="options">The command line, without <c>--pcap</c>.</param>
    /// <param name="contents">The frames.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="UsageException">More hogs than guests are asked for.</exception>
    internal static TrafficPlan Plan(RunOptions options, CaptureContents contents)
    {
        int count = options.Guests ?? DefaultGuests;
        if (options.Hogs > count)
            throw new UsageException($"--hog {options.Hogs} is more than the {count} guests; add --guests {options.Hogs} or take fewer hogs.");
        RunRole role = options.Role ?? RunRole.Mixed;
        int transmitters = role switch { RunRole.Tx => count, RunRole.Rx => 0, _ => (count + 1) / 2 };
        MacAddress[] addresses = [.. Enumerable.Range(1, count).Select(GuestAddress.Of)];
        var random = new Random(options.Seed.GetHashCode());
        FrameRate rate = options.Rate ?? TrafficPlan.DefaultRate;
        return new TrafficPlan
        {
            Contents = contents,
            IsReplay = false,
            Guests = Guests(contents, addresses, transmitters, options.Hogs, random),
            Wire = role switch { RunRole.Tx => WireShape.Outlet, RunRole.Rx => WireShape.FarEnd, _ => WireShape.Loopback },
            FarEnd = role == RunRole.Rx ? Over(contents, null, addresses, random) : null,
            Rate = rate,
            FarEndRate = Times(rate, count),
            Duration = options.Duration ?? TrafficPlan.DefaultDuration,
        };
    }

    private static GuestPlan[] Guests(
        CaptureContents contents, MacAddress[] addresses, int transmitters, int hogs, Random random)
    {
        MacAddress[] receivers = addresses[transmitters..];
        var guests = new GuestPlan[addresses.Length];
        for (int i = 0; i < guests.Length; i++)
        {
            bool isHog = i >= guests.Length - hogs;
            guests[i] = i < transmitters
                ? new GuestPlan(GuestRole.Tx, addresses[i], Over(contents, addresses[i], receivers, random), isHog)
                : new GuestPlan(GuestRole.Rx, addresses[i], IsHog: isHog);
        }

        return guests;
    }

    private static OutgoingFrames Over(CaptureContents contents, MacAddress? source, MacAddress[] destinations, Random random) => new(contents.Frames)
    {
        Repeats = true,
        Source = source,
        Destinations = destinations,
        FirstDestination = destinations.Length == 0 ? 0 : random.Next(destinations.Length),
    };

    private static FrameRate Times(FrameRate rate, int count) =>
        rate.IsMax ? rate : new FrameRate((int)Math.Min((long)rate.PerSecond * count, int.MaxValue));
}
