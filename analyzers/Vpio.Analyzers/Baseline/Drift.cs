namespace Vpio.Analyzers.Baseline;

/// <summary>Is a difference between what is declared and what is recorded.</summary>
/// <param name="Kind">What must be done about it.</param>
/// <param name="Message">What to say of it.</param>
/// <param name="Recorded">What is recorded instead, if there is something.</param>
internal sealed record Drift(DriftKind Kind, string Message, RecordedAbi.Record? Recorded)
{
    /// <summary>Compares one thing that is declared with what is recorded of it.</summary>
    /// <param name="declared">What is declared.</param>
    /// <param name="recorded">What is recorded.</param>
    /// <param name="release">Whether this is the build of a release, which has shipped all that it records.</param>
    /// <returns>The difference, or null when there is none, or what there is is told at a line of a file.</returns>
    public static Drift? Of(BaselineEntry declared, RecordedAbi recorded, bool release)
    {
        if (recorded.Unshipped(declared.Key) is { } unshipped)
        {
            if (unshipped.Entry.Value != declared.Value)
                return new(DriftKind.Changed, $"'{declared}' differs from what {unshipped.File.Name} says, '{unshipped.Entry.Value}': put it back, or record the change", unshipped);
            return release ? new(DriftKind.NotShipped, $"'{declared}' is not shipped yet: ship it with this release", unshipped) : null;
        }

        if (recorded.Shipped(declared.Key) is not { } shipped)
            return NotRecorded(declared);
        if (shipped.Entry.Value == declared.Value)
            return null;
        return recorded.IsTakenBack(shipped.Entry)
            ? NotRecorded(declared)
            : new(DriftKind.ShippedChanged, $"'{declared}' has changed since it was shipped as '{shipped.Entry.Value}': {Advice(declared.Kind)}", shipped);
    }

    private static Drift NotRecorded(BaselineEntry declared) =>
        new(DriftKind.NotRecorded, $"'{declared}' is not recorded: record it in {BaselineFile.UnshippedName}", null);

    private static string Advice(string kind) => kind switch
    {
        "number" => "a number that was given out keeps its meaning, so put it back and give out a new one, or record the change in a new major version",
        "contract" => "callers were compiled against the old contract, so put it back and add a member, or record the change in a new major version",
        _ => "a shipped layout does not change, so put it back and add a struct or use a reserved field, or record the change in a new major version",
    };
}
