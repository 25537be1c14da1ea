namespace Vpio.Tool.Bench;

/// <summary>Is what all rounds say of one way: medians, and how far apart the rounds were.</summary>
internal sealed record WayFigures
{
    /// <summary>Gets the way.</summary>
    internal required NicWay Way { get; init; }

    /// <summary>Gets which way frames went.</summary>
    internal required NicTraffic Traffic { get; init; }

    /// <summary>Gets frames a second.</summary>
    internal required Spread FramesPerSecond { get; init; }

    /// <summary>Gets exits a frame.</summary>
    internal required Spread ExitsPerFrame { get; init; }

    /// <summary>Gets how many of these were kicks.</summary>
    internal required Spread KicksPerFrame { get; init; }

    /// <summary>Gets exits that are no kicks, for each time that a guest had the NIC.</summary>
    internal required Spread ExitsBesideKicksPerSlice { get; init; }

    /// <summary>Gets cycles a frame.</summary>
    internal required Spread CyclesPerFrame { get; init; }

    /// <summary>Gets frames a second over those of the exclusive NIC in the same round.</summary>
    internal required Spread Throughput { get; init; }

    /// <summary>Gets exits a frame over those of the emulated NIC in the same round.</summary>
    internal required Spread Exits { get; init; }

    /// <summary>Puts the rounds together.</summary>
    /// <param name="way">The way.</param>
    /// <param name="traffic">Which way frames went.</param>
    /// <param name="rounds">What each round saw of each way.</param>
    internal static WayFigures Of(NicWay way, NicTraffic traffic, IReadOnlyList<IReadOnlyDictionary<NicWay, WaySample>> rounds) => new()
    {
        Way = way,
        Traffic = traffic,
        FramesPerSecond = Spread.Of(rounds.Select(round => round[way].FramesPerSecond)),
        ExitsPerFrame = Spread.Of(rounds.Select(round => round[way].ExitsPerFrame)),
        KicksPerFrame = Spread.Of(rounds.Select(round => round[way].KicksPerFrame)),
        ExitsBesideKicksPerSlice = Spread.Of(rounds.Select(round => round[way].ExitsBesideKicksPerSlice)),
        CyclesPerFrame = Spread.Of(rounds.Select(round => round[way].CyclesPerFrame)),
        Throughput = Spread.Of(rounds.Select(round => round[way].FramesPerSecond / round[NicWay.Exclusive].FramesPerSecond)),
        Exits = Spread.Of(rounds.Select(round => round[way].ExitsPerFrame / round[NicWay.Emulated].ExitsPerFrame)),
    };
}
