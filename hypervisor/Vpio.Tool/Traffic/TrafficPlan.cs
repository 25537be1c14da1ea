using Vpio.Tool.Run;

namespace Vpio.Tool.Traffic;

/// <summary>Names what lies behind the NIC.</summary>
internal enum WireShape
{
    /// <summary>What is transmitted comes back in: the guests reach each other.</summary>
    Loopback,

    /// <summary>What is transmitted leaves, and nothing comes.</summary>
    Outlet,

    /// <summary>Somebody at the far end sends frames to the guests.</summary>
    FarEnd,
}

/// <summary>Says who the guests of a run are, what they send, and what lies behind the NIC.</summary>
internal sealed record TrafficPlan
{
    /// <summary>The duration when neither the command line nor a replay sets an end.</summary>
    internal static readonly TimeSpan DefaultDuration = TimeSpan.FromSeconds(5);

    /// <summary>The rate of a run of the sample, unless the command line says another.</summary>
    internal static readonly FrameRate DefaultRate = new(10_000);

    /// <summary>Gets what the frames come from, for the summary.</summary>
    internal required CaptureContents Contents { get; init; }

    /// <summary>Gets whether the input is carried once, whole, rather than over and over.</summary>
    internal required bool IsReplay { get; init; }

    /// <summary>Gets the guests, in the order of their domain ids.</summary>
    internal required IReadOnlyList<GuestPlan> Guests { get; init; }

    /// <summary>Gets what lies behind the NIC.</summary>
    internal required WireShape Wire { get; init; }

    /// <summary>Gets what the far end of the wire plays; null unless <see cref="Wire"/> is <see cref="WireShape.FarEnd"/>.</summary>
    internal OutgoingFrames? FarEnd { get; init; }

    /// <summary>Gets the rate of each stream.</summary>
    internal required FrameRate Rate { get; init; }

    /// <summary>Gets the rate at which the far end plays.</summary>
    internal FrameRate FarEndRate { get; init; }

    /// <summary>Gets how long frames are sent at most; null: until all are carried.</summary>
    internal required TimeSpan? Duration { get; init; }

    /// <summary>Makes the plan that a command line asks for.</summary>
    /// <param name="options">The command line.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="UsageException">The options contradict each other, or the capture.</exception>
    internal static TrafficPlan For(RunOptions options) => options.Capture is { } path
        ? CaptureTraffic.Plan(options, CaptureFile.Read(path))
        : SampleTraffic.Plan(options, SampleTraffic.ReadSample());
}
