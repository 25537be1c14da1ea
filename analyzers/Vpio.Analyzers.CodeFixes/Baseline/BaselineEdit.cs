using Microsoft.CodeAnalysis.Text;
using Vpio.Analyzers.Baseline;

namespace Vpio.Analyzers.CodeFixes.Baseline;

/// <summary>Is a change of the two baseline files of a project.</summary>
internal sealed class BaselineEdit
{
    private readonly TextDocument _unshippedFile;
    private readonly TextDocument? _shippedFile;
    private readonly BaselineText _unshipped;
    private readonly BaselineText? _shipped;

    private BaselineEdit(TextDocument unshippedFile, SourceText unshipped, TextDocument? shippedFile, SourceText? shipped)
    {
        _unshippedFile = unshippedFile;
        _shippedFile = shippedFile;
        _unshipped = new BaselineText(unshipped, shipped);
        _shipped = shipped is null ? null : new BaselineText(shipped, unshipped);
    }

    /// <summary>Gets whether there is something to ship to.</summary>
    public bool CanShip => _shipped is not null;

    /// <summary>Gets where the file is that changes.</summary>
    public string Path => _unshippedFile.FilePath ?? _unshippedFile.Name;

    /// <summary>Opens the baseline files of a project.</summary>
    /// <returns>The change, or null when it is not certain which file to write.</returns>
    public static async Task<BaselineEdit?> OpenAsync(Project project, CancellationToken cancel)
    {
        TextDocument[] unshipped = FilesOf(project, BaselineFile.UnshippedName), shipped = FilesOf(project, BaselineFile.ShippedName);
        if (unshipped.Length != 1 || shipped.Length > 1)
            return null;
        SourceText? shippedText = shipped.Length == 0 ? null : await shipped[0].GetTextAsync(cancel).ConfigureAwait(false);
        return new BaselineEdit(unshipped[0], await unshipped[0].GetTextAsync(cancel).ConfigureAwait(false), shipped.FirstOrDefault(), shippedText);
    }

    /// <summary>Records what is declared: in place of what was recorded, and with what was shipped taken back.</summary>
    public void Record(BaselineEntry entry)
    {
        _unshipped.Remove(s => !s.TakesBack && s.Entry!.Key == entry.Key);
        if (_shipped?.Statements.FirstOrDefault(s => !s.TakesBack && s.Entry!.Key == entry.Key) is { Entry: { } shipped })
        {
            if (shipped == entry)
            {
                _unshipped.Remove(s => s.TakesBack && s.Entry == entry);
                return;
            }

            TakeBack(shipped);
        }

        _unshipped.Add(new(TakesBack: false, entry));
    }

    /// <summary>Records that what was shipped is gone.</summary>
    public void TakeBack(BaselineEntry entry) => _unshipped.Add(new(TakesBack: true, entry));

    /// <summary>Deletes a line.</summary>
    public void Delete(string path, int line) => (path == _shippedFile?.FilePath ? _shipped! : _unshipped).RemoveAt(line);

    /// <summary>Moves all that is recorded to what was shipped.</summary>
    public void Ship()
    {
        HashSet<BaselineStatement> moved = [.. _unshipped.Statements];
        _shipped!.Remove(s => moved.Contains(s with { TakesBack = true }));
        foreach (BaselineStatement statement in moved.Where(s => !s.TakesBack))
            _shipped.Add(statement);
        _unshipped.Remove(_ => true);
    }

    /// <summary>Writes the files, for every project that has them: a project with several frameworks is one for each.</summary>
    public Solution Write(Solution solution)
    {
        foreach (TextDocument file in solution.Projects.SelectMany(p => p.AdditionalDocuments).ToArray())
        {
            if (IsSame(file, _unshippedFile))
                solution = solution.WithAdditionalDocumentText(file.Id, _unshipped.ToSource());
            else if (_shippedFile is not null && IsSame(file, _shippedFile))
                solution = solution.WithAdditionalDocumentText(file.Id, _shipped!.ToSource());
        }

        return solution;
    }

    private static bool IsSame(TextDocument one, TextDocument other) => one.Id == other.Id || (one.FilePath is not null && one.FilePath == other.FilePath);

    private static TextDocument[] FilesOf(Project project, string name) =>
        project.AdditionalDocuments.Where(d => BaselineFile.NameIn(d.FilePath ?? d.Name) == name).GroupBy(d => d.FilePath).Select(g => g.First()).ToArray();
}
