using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Baseline;

/// <summary>Checks the lines of the baseline files: that each can be read, says something once, and says what is declared.</summary>
/// <param name="recorded">What the files record.</param>
/// <param name="declared">What the source declares.</param>
/// <param name="release">Whether this is the build of a release.</param>
internal sealed class BaselineLineCheck(RecordedAbi recorded, DeclaredAbi declared, bool release)
{
    /// <summary>Finds what is wrong with a line.</summary>
    /// <returns>The diagnostic, or null.</returns>
    public Diagnostic? Check(BaselineFile file, BaselineLine line)
    {
        if (line.Entry is not { } entry)
            return Fault("This line cannot be read: write a kind, a documentation id and a value, 'field Library.Slot.State at 0 ulong', or begin it with #", null);
        if (recorded.IsRepeated(line))
            return Fault(line.TakesBack ? $"'{entry}' is taken back twice: delete this line" : Repeated(entry), DriftKind.Idle);
        return line.TakesBack ? TakenBack() : Gone();

        Diagnostic? TakenBack()
        {
            if (file.IsShipped)
                return Fault($"{BaselineStatement.Removed} has no place here: what is taken back stands in {BaselineFile.UnshippedName} until it is shipped", null);
            if (recorded.Shipped(entry.Key)?.Entry != entry)
                return Fault($"'{entry}' was never shipped so: delete this line", DriftKind.Idle);
            if (declared.Has(entry))
                return Fault($"'{entry}' is still there as it was shipped: delete this line", DriftKind.Idle);
            return release ? Fault($"'{entry}' is gone, and that is not shipped yet: ship it with this release", DriftKind.NotShipped) : null;
        }

        Diagnostic? Gone()
        {
            if (declared.Has(entry.Key) || (file.IsShipped && recorded.IsTakenBack(entry)))
                return null;
            return file.IsShipped
                ? Fault($"Nothing declares '{entry.Subject}' any more, which was shipped: bring it back, or take it back by '{BaselineStatement.Removed}{entry}' in {BaselineFile.UnshippedName}", DriftKind.ShippedGone)
                : Fault($"Nothing declares '{entry.Subject}' any more: delete this line", DriftKind.Idle);
        }

        Diagnostic Fault(string message, DriftKind? kind) => BaselineReport.Make(file.PlaceOf(line), message, kind, line.Entry);
    }

    private string Repeated(BaselineEntry entry) =>
        (recorded.Shipped(entry.Key) ?? recorded.Unshipped(entry.Key)) is { } first
            ? $"'{entry.Subject}' is recorded twice, first as '{first.Entry.Value}' in line {first.Line.Place.LineNumber + 1} of {first.File.Name}: delete one, or take the shipped one back with {BaselineStatement.Removed}"
            : $"'{entry.Subject}' is recorded twice: delete one line";
}
