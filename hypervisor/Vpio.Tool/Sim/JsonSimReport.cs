using System.Text.Json;
using System.Text.Json.Serialization;
using Vpio.Simulation;

namespace Vpio.Tool.Sim;

/// <summary>Is the object that <c>vpio sim --json</c> prints. Names and types are a promise: fields are added, never changed.</summary>
internal sealed record JsonSimReport
{
    public required bool Ok { get; init; }

    public required int ExitCode { get; init; }

    public required string CommandLine { get; init; }

    public required long Seed { get; init; }

    public required int Guests { get; init; }

    public required int Devices { get; init; }

    public required double DurationSeconds { get; init; }

    public required string Policy { get; init; }

    public required string Load { get; init; }

    public required IReadOnlyList<JsonSimClass> Weights { get; init; }

    public required long Grants { get; init; }

    public required long GrantsAtOnce { get; init; }

    public required long HandOvers { get; init; }

    public required long Revocations { get; init; }

    public required long ForcedEnds { get; init; }

    public required long Quarantines { get; init; }

    public required long Resumptions { get; init; }

    public required long Mishaps { get; init; }

    public required double UtilisationAtWork { get; init; }

    public required double UtilisationOwned { get; init; }

    public required double Jain { get; init; }

    public required long Steps { get; init; }

    public required long Observations { get; init; }

    public required string EventSum { get; init; }

    public required JsonSimViolation? Violation { get; init; }

    /// <summary>Writes a report as one object on one line.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The text, without the line's end.</returns>
    internal static string Write(SimReport report) => JsonSerializer.Serialize(Of(report, report.Run), JsonSimReportContext.Default.JsonSimReport);

    private static JsonSimReport Of(SimReport report, SimulationRun run) => new()
    {
        Ok = report.Violation is null,
        ExitCode = report.Code,
        CommandLine = report.Arguments.CommandLine(),
        Seed = run.Options.Seed,
        Guests = run.Options.Guests,
        Devices = run.Options.Devices,
        DurationSeconds = run.Options.Duration.TotalSeconds,
        Policy = run.Options.Policy.ToString().ToLowerInvariant(),
        Load = report.Arguments.LoadName,
        Weights = [.. report.Classes.Select(JsonSimClass.Of)],
        Grants = run.Usage.Grants,
        GrantsAtOnce = run.Usage.AtOnce,
        HandOvers = run.Usage.HandOvers,
        Revocations = run.Usage.Revocations,
        ForcedEnds = run.ForcedEnds,
        Quarantines = run.Quarantines,
        Resumptions = run.Host.Resumptions,
        Mishaps = run.Mishaps,
        UtilisationAtWork = Math.Round(report.AtWork, 6),
        UtilisationOwned = Math.Round(report.Owned, 6),
        Jain = Math.Round(report.Jain, 6),
        Steps = run.Checker.Steps,
        Observations = run.Log.Count,
        EventSum = run.Log.Hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture),
        Violation = report.Violation is { } violation ? JsonSimViolation.Of(violation) : null,
    };
}

/// <summary>Chooses names and number formats of the object, at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonSimReport))]
internal sealed partial class JsonSimReportContext : JsonSerializerContext;
