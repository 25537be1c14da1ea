using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Analyses one member from its own entry: each device that it deals with is followed by itself, and its ends are held against its contract.</summary>
internal sealed class MemberAnalysis(TypeAnalysis analysis, Root root)
{
    // A member that deals with more devices than these is cut short.
    private const int MostDevices = 64;

    private readonly ImmutableArray<IParameterSymbol> _parameters = root.Member is IMethodSymbol method ? method.Parameters : ImmutableArray<IParameterSymbol>.Empty;

    /// <summary>Analyses the member.</summary>
    /// <returns>What was found.</returns>
    public Findings Run()
    {
        Findings first = Pass([]);
        SyntaxNode[] unanswered = first.Unanswered();
        if (unanswered.Length == 0)
            return first;
        Findings second = Pass(unanswered);
        foreach (SyntaxNode site in unanswered)
            second.Note("VPIO1011", site, null, first.Asked[site]);
        return second;
    }

    private Findings Pass(SyntaxNode[] unanswered)
    {
        analysis.Begin(unanswered, root.Code);
        Entry entry = Entry.Of(analysis.Contracts, root.Contract, _parameters, root.Declaration);
        foreach (Clause clause in root.Contract.Clauses)
            analysis.Discover(DeviceSet.All(Entry.Devices(clause, _parameters)));
        analysis.Discover(DeviceSet.All(entry.Held));
        HashSet<Identity> done = [];
        if (analysis.Devices.Count == 0)
        {
            Follow(root.Guess, entry);
            done.UnionWith(root.Guess is { } guess ? [guess] : []);
        }

        while (done.Count < MostDevices && analysis.Devices.FirstOrDefault(d => !done.Contains(d)) is { } device)
        {
            done.Add(device);
            Follow(device, entry);
        }

        return analysis.Findings;
    }

    private Hold Start(Identity? device, Entry entry)
    {
        if (device is not null && entry.Held.Contains(device))
            return new Hold(HoldKind.Held) { Origin = HoldOrigin.Contract, Shared = entry.Shared.Contains(device) };
        bool constructs = root.Member is IMethodSymbol { MethodKind: MethodKind.Constructor };
        return device switch
        {
            ThisIdentity when constructs => new Hold(HoldKind.Private),
            MemberIdentity { Base: ThisIdentity, Member: IFieldSymbol field } when !constructs && analysis.Contracts.Has(field, "Owns") && analysis.Contracts.TraitsOf(field.Type).Scoped => new Hold(HoldKind.Held) { Origin = HoldOrigin.Field },
            _ => Hold.None,
        };
    }

    private void Follow(Identity? device, Entry entry)
    {
        PathState state = new(Start(device, entry));
        foreach (KeyValuePair<IParameterSymbol, HandleValue> handle in entry.Handles)
            state.Set(handle.Key, handle.Value);
        GraphWalk walk = new(analysis, new Frame(root.Member, root.Contract, null), root.Graph, device);
        walk.Run(state);
        if (device is null)
            return;
        analysis.NoteCycles(walk);
        CheckEnds(walk, device);
    }

    private void CheckEnds(GraphWalk walk, Identity device)
    {
        Promise promise = Promise.Of(root.Contract, _parameters, device, analysis.Contracts);
        foreach (PathState end in walk.Exits)
        {
            if (end.Hold.Kind == HoldKind.Silent)
                continue;
            if (promise.IsNone)
                NoteEnd(end, device);
            else if (!promise.IsKept(end))
                analysis.Findings.Note("VPIO1021", root.Declaration, root.Name, promise.Text);
        }

        foreach (PathState thrown in walk.Throws.Where(t => t.Hold.IsOwn))
        {
            foreach (SyntaxNode site in thrown.Hold.Grabs.Sites)
                analysis.Findings.EndsOf(site, device).Thrown = true;
        }

        if (!promise.IsNone)
            return;
        foreach (KeyValuePair<(SyntaxNode Site, Identity Device), GrabEnds> grab in analysis.Findings.Grabs.Where(g => g.Key.Device.Equals(device)).ToList())
            grab.Value.SomeNot |= walk.Exits.Any(e => !(e.Hold.IsOwn && e.Hold.Grabs.Sites.Contains(grab.Key.Site)));
    }

    private void NoteEnd(PathState end, Identity device)
    {
        if (!end.Hold.IsOwn)
            return;
        foreach (SyntaxNode site in end.Hold.Grabs.Sites)
            analysis.Findings.EndsOf(site, device).SomeHeld = true;
    }
}

/// <summary>Is where an analysis starts: a member, or code that may run at any time.</summary>
/// <param name="Member">What is analysed.</param>
/// <param name="Contract">What it says.</param>
/// <param name="Graph">Its graph.</param>
/// <param name="Declaration">Its declaration.</param>
/// <param name="Name">Where its name is.</param>
/// <param name="Code">The lambda, if it is one.</param>
internal sealed record Root(ISymbol Member, Contract Contract, ControlFlowGraph Graph, SyntaxNode Declaration, Location Name, SyntaxNode? Code)
{
    /// <summary>Gets a device to begin with; the others are found while it is followed.</summary>
    public Identity? Guess { get; init; }
}
