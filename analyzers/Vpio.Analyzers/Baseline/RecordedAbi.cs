using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Baseline;

/// <summary>Is what the baseline files of a project record together.</summary>
internal sealed class RecordedAbi
{
    private readonly Dictionary<string, Record> _shipped = [], _unshipped = [];
    private readonly Dictionary<string, BaselineLine> _takenBack = [];
    private readonly HashSet<BaselineLine> _repeated = [];

    private RecordedAbi(ImmutableArray<BaselineFile> files)
    {
        Files = files;
        foreach (BaselineFile file in files.Where(f => f.IsShipped))
            Add(file, _shipped);
        foreach (BaselineFile file in files.Where(f => !f.IsShipped))
            Add(file, _unshipped);
    }

    /// <summary>Gets the files.</summary>
    public ImmutableArray<BaselineFile> Files { get; }

    /// <summary>Reads the baseline files among the additional files.</summary>
    /// <returns>What they record; null without such a file, or when one cannot be read, which the compiler tells.</returns>
    public static RecordedAbi? Read(ImmutableArray<AdditionalText> files, CancellationToken cancel)
    {
        List<BaselineFile> found = [];

        // Which of two lines is the second does not depend on who gathered the files.
        foreach (AdditionalText file in files.Where(f => BaselineFile.Is(f.Path)).OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            if (file.GetText(cancel) is not { } text)
                return null;
            if (found.All(f => f.Source.Path != file.Path))
                found.Add(new BaselineFile(file, text));
        }

        return found.Count == 0 ? null : new RecordedAbi(found.ToImmutableArray());
    }

    /// <summary>Gets what was shipped of a subject.</summary>
    public Record? Shipped(string key) => _shipped.TryGetValue(key, out Record record) ? record : null;

    /// <summary>Gets what is recorded of a subject and was not shipped yet.</summary>
    public Record? Unshipped(string key) => _unshipped.TryGetValue(key, out Record record) ? record : null;

    /// <summary>Gets whether an entry that was shipped is taken back.</summary>
    public bool IsTakenBack(BaselineEntry entry) => _takenBack.ContainsKey(entry.ToString());

    /// <summary>Gets whether a line says again what another has said, or contradicts it.</summary>
    public bool IsRepeated(BaselineLine line) => _repeated.Contains(line);

    private void Add(BaselineFile file, Dictionary<string, Record> records)
    {
        foreach (BaselineLine line in file.Lines.Where(l => l is { TakesBack: true, Entry: not null }))
        {
            if (_takenBack.ContainsKey(line.Entry!.ToString()))
                _repeated.Add(line);
            else if (!file.IsShipped)
                _takenBack.Add(line.Entry.ToString(), line);
        }

        foreach (BaselineLine line in file.Lines.Where(l => l is { TakesBack: false, Entry: not null }))
        {
            if (records.ContainsKey(line.Entry!.Key) || (!file.IsShipped && Shipped(line.Entry.Key) is { } shipped && !IsTakenBack(shipped.Entry)))
                _repeated.Add(line);
            if (!records.ContainsKey(line.Entry.Key))
                records.Add(line.Entry.Key, new Record(file, line, line.Entry));
        }
    }

    /// <summary>Is an entry and where it stands.</summary>
    internal sealed record Record(BaselineFile File, BaselineLine Line, BaselineEntry Entry);
}
