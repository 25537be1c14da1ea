using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Gathers what the paths of one member, and of what is inferred inside it, have shown. Nothing is reported before all is known.</summary>
internal sealed class Findings
{
    private readonly Dictionary<(SyntaxNode Site, Identity Device, DeviceUse Kind, int Part), OperationRecord> _operations = [];
    private readonly Dictionary<(SyntaxNode Site, Identity Device), Presence> _presences = [];
    private readonly Dictionary<(SyntaxNode Site, Identity Device), GrabEnds> _grabs = [];
    private readonly Dictionary<(string Rule, SyntaxNode Site), SimpleFinding> _simple = [];
    private readonly HashSet<(SyntaxNode Site, Identity Device)> _elsewhere = [];

    /// <summary>The part of a call whose demands are inferred: each device in it is one.</summary>
    public const int Inferred = -1;

    /// <summary>Gets the operations seen.</summary>
    public IEnumerable<OperationRecord> Operations => _operations.Values;

    /// <summary>Gets the grabs seen at ends.</summary>
    public IEnumerable<KeyValuePair<(SyntaxNode Site, Identity Device), GrabEnds>> Grabs => _grabs;

    /// <summary>Gets what is reported as it was found.</summary>
    public IEnumerable<SimpleFinding> Simple => _simple.Values;

    /// <summary>Gets the faults of attributes on local functions.</summary>
    public HashSet<Malformation> Malformations { get; } = [];

    /// <summary>Gets the try-grabs and polls seen.</summary>
    public Dictionary<SyntaxNode, string> Asked { get; } = [];

    /// <summary>Gets those whose answer a branch depends on, or that went where it may.</summary>
    public HashSet<SyntaxNode> Tested { get; } = [];

    /// <summary>Gets the questions whose answer went on in the name of another, where a variable may hold either.</summary>
    public HashSet<(SyntaxNode Kept, SyntaxNode Lost)> Lost { get; } = [];

    /// <summary>Gets the questions that no branch depends on.</summary>
    public SyntaxNode[] Unanswered()
    {
        HashSet<SyntaxNode> tested = new(Tested);
        while (Lost.Where(l => tested.Contains(l.Kept)).Count(l => tested.Add(l.Lost)) > 0)
        {
        }

        return Asked.Keys.Where(site => !tested.Contains(site)).ToArray();
    }

    /// <summary>Notes how an operation went on one path.</summary>
    public void Note(SyntaxNode site, Identity device, DeviceUse kind, Verdict verdict, SyntaxNode? cause, int part = 0)
    {
        if (!_operations.TryGetValue((site, device, kind, part), out OperationRecord? record))
            _operations[(site, device, kind, part)] = record = new OperationRecord(site, device, kind, part);
        record.Note(verdict, cause);
    }

    /// <summary>Notes whether a device was held where some operation is.</summary>
    public void NotePresence(SyntaxNode site, Identity device, bool held)
    {
        if (!_presences.TryGetValue((site, device), out Presence? presence))
            _presences[(site, device)] = presence = new Presence();
        presence.SomeHeld |= held;
        presence.SomeNot |= !held;
    }

    /// <summary>Gets what became of a grab.</summary>
    public GrabEnds EndsOf(SyntaxNode site, Identity device)
    {
        if (!_grabs.TryGetValue((site, device), out GrabEnds? ends))
            _grabs[(site, device)] = ends = new GrabEnds();
        return ends;
    }

    /// <summary>Notes something that one path is enough for.</summary>
    public void Note(string rule, SyntaxNode site, Location? location, string text, SyntaxNode? cause = null, string? device = null)
    {
        if (!_simple.ContainsKey((rule, site)))
            _simple[(rule, site)] = new SimpleFinding(rule, site, location ?? site.GetLocation(), text, cause, device ?? text);
    }

    /// <summary>Notes what is wrong with an attribute or an opt-out inside a body.</summary>
    public void Note(Malformation fault) => Malformations.Add(fault);

    /// <summary>Notes that what is called does nothing with a device on some path.</summary>
    public void NoteElsewhere(SyntaxNode site, Identity device) => _elsewhere.Add((site, device));

    /// <summary>Gets whether every path that comes by does an operation wrongly.</summary>
    public bool IsCertain(OperationRecord operation) =>
        operation.Wrong != Verdict.Perhaps && !operation.SomeFine &&
        ((operation.Part == Inferred && !_elsewhere.Contains((operation.Site, operation.Device))) || !SomeFine(operation.Site, operation.Kind, operation.Part));

    // Some path does it rightly, on whatever device it means there.
    private bool SomeFine(SyntaxNode site, DeviceUse kind, int part) => _operations.Values.Any(o => o.SomeFine && ReferenceEquals(o.Site, site) && o.Kind == kind && o.Part == part);

    /// <summary>Gets another device that every path holds where an operation is.</summary>
    public Identity? CertainlyHeld(SyntaxNode site, Identity but) => _presences
        .Where(p => ReferenceEquals(p.Key.Site, site) && !p.Key.Device.Equals(but) && p.Value is { SomeHeld: true, SomeNot: false })
        .Select(p => p.Key.Device).FirstOrDefault();

    /// <summary>Gets whether some path holds a device where an operation is.</summary>
    public bool PerhapsHeld(SyntaxNode site, Identity device) => _presences.TryGetValue((site, device), out Presence? presence) && presence.SomeHeld;

    /// <summary>Adds what another member has shown.</summary>
    public void Add(Findings other)
    {
        foreach (OperationRecord record in other.Operations)
        {
            if (record.SomeFine)
                Note(record.Site, record.Device, record.Kind, Verdict.Fine, null, record.Part);
            if (record.Wrong != Verdict.Fine)
                Note(record.Site, record.Device, record.Kind, record.Wrong, record.Cause, record.Part);
        }

        foreach (KeyValuePair<(SyntaxNode Site, Identity Device), Presence> presence in other._presences)
        {
            if (presence.Value.SomeHeld)
                NotePresence(presence.Key.Site, presence.Key.Device, held: true);
            if (presence.Value.SomeNot)
                NotePresence(presence.Key.Site, presence.Key.Device, held: false);
        }

        foreach (KeyValuePair<(SyntaxNode Site, Identity Device), GrabEnds> grab in other._grabs)
        {
            GrabEnds ends = EndsOf(grab.Key.Site, grab.Key.Device);
            ends.SomeHeld |= grab.Value.SomeHeld;
            ends.SomeNot |= grab.Value.SomeNot;
            ends.Thrown |= grab.Value.Thrown;
        }

        Malformations.UnionWith(other.Malformations);
        _elsewhere.UnionWith(other._elsewhere);
        foreach (SimpleFinding finding in other.Simple)
            Note(finding.Rule, finding.Site, finding.Location, finding.Text, finding.Cause, finding.Device);
    }
}

/// <summary>Is something that one path is enough to report.</summary>
/// <param name="Rule">The rule's id.</param>
/// <param name="Site">The syntax it is about.</param>
/// <param name="Location">Where to report.</param>
/// <param name="Text">The device, or what else the message names.</param>
/// <param name="Cause">Where the state came from.</param>
/// <param name="Device">The device, where the text is not its name.</param>
internal sealed record SimpleFinding(string Rule, SyntaxNode Site, Location Location, string Text, SyntaxNode? Cause, string Device);
