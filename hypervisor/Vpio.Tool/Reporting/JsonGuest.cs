using Vpio.Tool.Run;

namespace Vpio.Tool.Reporting;

/// <summary>Is the part of the <c>--json</c> object about one guest.</summary>
internal sealed record JsonGuest
{
    public required int Domid { get; init; }

    public required string Role { get; init; }

    public required string Kind { get; init; }

    public required bool Hog { get; init; }

    public required string Mac { get; init; }

    public required int Weight { get; init; }

    public required string State { get; init; }

    public required long FramesSent { get; init; }

    public required long FramesReceived { get; init; }

    public required long FramesParkedDropped { get; init; }

    public required ulong Slices { get; init; }

    public required double DeviceTimeMs { get; init; }

    public required ulong Revocations { get; init; }

    public required ulong ForcedStops { get; init; }

    public required int Replaced { get; init; }

    public required string? EndOfProcess { get; init; }

    /// <summary>Takes the figures of a guest.</summary>
    /// <param name="run">The last look at the run.</param>
    /// <param name="guest">The guest.</param>
    internal static JsonGuest Of(RunSnapshot run, GuestSnapshot guest) => new()
    {
        Domid = guest.Id.Value,
        Role = guest.Role.ToString().ToLowerInvariant(),
        Kind = GuestKinds.Name(guest.Kind),
        Hog = guest.IsHog,
        Mac = guest.Mac.ToString(),
        Weight = guest.Weight,
        State = DeviceText.Activity(run, guest),
        FramesSent = guest.Sent,
        FramesReceived = guest.Received,
        FramesParkedDropped = guest.ParkedDropped,
        Slices = guest.Ownership.Grants,
        DeviceTimeMs = Math.Round(guest.Ownership.Owned.TotalMilliseconds, 3),
        Revocations = guest.Ownership.Revocations,
        ForcedStops = guest.Ownership.ForcedStops,
        Replaced = guest.Replacements,
        EndOfProcess = guest.EndOfProcess,
    };
}
