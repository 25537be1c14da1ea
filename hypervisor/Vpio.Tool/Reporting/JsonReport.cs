using System.Text.Json;
using System.Text.Json.Serialization;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Reporting;

/// <summary>Is the object that <c>--json</c> prints. Names and types are a promise: fields are added, never changed.</summary>
internal sealed record JsonReport
{
    public required bool Ok { get; init; }

    public required int ExitCode { get; init; }

    public required bool Interrupted { get; init; }

    public required double DurationSeconds { get; init; }

    public required string Input { get; init; }

    public required long Seed { get; init; }

    public required string Policy { get; init; }

    public required long FramesPlayed { get; init; }

    public required long FramesSent { get; init; }

    public required long FramesReceived { get; init; }

    public required long FramesLost { get; init; }

    public required long FramesParkedDropped { get; init; }

    public required long FramesStoppedDropped { get; init; }

    public required long FramesLeftBehind { get; init; }

    public required long FramesCut { get; init; }

    public required double Jain { get; init; }

    public required int JainGuests { get; init; }

    public required ulong HandOvers { get; init; }

    public required ulong Revocations { get; init; }

    public required ulong ForcedStops { get; init; }

    public required JsonRelease UpcallToReleaseUs { get; init; }

    public required IReadOnlyList<JsonNotCarried> NotCarried { get; init; }

    public required IReadOnlyList<string> Faults { get; init; }

    public required IReadOnlyList<JsonGuest> Guests { get; init; }

    /// <summary>Writes a report as one object on one line.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The text, without the line's end.</returns>
    internal static string Write(RunReport report) => JsonSerializer.Serialize(Of(report), JsonReportContext.Default.JsonReport);

    private static JsonReport Of(RunReport report) => new()
    {
        Ok = report.IsOk,
        ExitCode = report.ExitCode,
        Interrupted = report.Signal is not null,
        DurationSeconds = Math.Round(report.Final.Elapsed.TotalSeconds, 6),
        Input = report.Plan.Contents.Name,
        Seed = report.Options.Seed,
        Policy = report.Options.Policy.ToString().ToLowerInvariant(),
        FramesPlayed = report.FramesPlayed,
        FramesSent = report.Final.FramesSent,
        FramesReceived = report.Final.FramesReceived,
        FramesLost = report.Verdict.FramesLost,
        FramesParkedDropped = report.Final.FramesParkedDropped,
        FramesStoppedDropped = report.Final.FramesStoppedDropped,
        FramesLeftBehind = report.Verdict.FramesLeftBehind,
        FramesCut = report.Plan.Contents.CutFrames,
        Jain = Math.Round(report.Fairness.Jain, 6),
        JainGuests = report.Fairness.Guests,
        HandOvers = report.Final.Statistics.HandOvers,
        Revocations = report.Final.Statistics.Revocations,
        ForcedStops = report.Final.Statistics.ForcedStops,
        UpcallToReleaseUs = JsonRelease.Of(report.Final.Statistics),
        NotCarried = [.. report.Plan.Contents.NotCarried.Counts.Select(entry => new JsonNotCarried(NotCarriedName(entry.Reason), entry.Count))],
        Faults = [.. report.Verdict.Faults, .. report.OutputFailure is { } failure ? new[] { failure } : []],
        Guests = [.. report.Final.Guests.Select(guest => JsonGuest.Of(report.Final, guest))],
    };

    private static string NotCarriedName(NotCarriedReason reason) => JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());
}

/// <summary>Chooses names and number formats of the object, at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(JsonReport))]
internal sealed partial class JsonReportContext : JsonSerializerContext;
