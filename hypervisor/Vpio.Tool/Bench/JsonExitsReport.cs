using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vpio.Tool.Bench;

/// <summary>Is the object that <c>vpio bench exits --json</c> prints. Names and types are a promise: fields are added, never changed.</summary>
internal sealed record JsonExitsReport
{
    public required int Rounds { get; init; }

    public required double DurationSeconds { get; init; }

    public required double SliceMs { get; init; }

    public required IReadOnlyList<JsonWay> Ways { get; init; }

    /// <summary>Writes it.</summary>
    /// <param name="options">What was measured.</param>
    /// <param name="figures">The figures.</param>
    internal static string Write(ExitsOptions options, IReadOnlyList<WayFigures> figures) => JsonSerializer.Serialize(
        new JsonExitsReport
        {
            Rounds = options.Rounds,
            DurationSeconds = options.Duration.TotalSeconds,
            SliceMs = options.Slice.TotalMilliseconds,
            Ways = [.. figures.Select(each => new JsonWay(each.Traffic.Name, each.Way.Name, each.Way.Guests, each.ExitsPerFrame, each.KicksPerFrame, each.ExitsBesideKicksPerSlice, each.CyclesPerFrame, each.FramesPerSecond, each.Throughput, each.Exits))],
        },
        JsonExitsContext.Default.JsonExitsReport) + Environment.NewLine;

    /// <summary>Is the part about one way.</summary>
    internal sealed record JsonWay(string Traffic, string Way, int Guests, Spread ExitsPerFrame, Spread KicksPerFrame, Spread ExitsBesideKicksPerSlice, Spread CyclesPerFrame, Spread FramesPerSecond, Spread OfExclusiveThroughput, Spread OfEmulationsExits);
}

/// <summary>Writes <see cref="JsonExitsReport"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(JsonExitsReport))]
internal sealed partial class JsonExitsContext : JsonSerializerContext;
