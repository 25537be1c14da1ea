using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Vpio.Analyzers.Tests.Corpus.Mutations;

/// <summary>Makes the mutants of all drivers and has them analysed, once for all tests.</summary>
internal static class MutantCorpus
{
    private static readonly Func<DriverCode, IEnumerable<Mutant>>[] Kinds =
    [
        TransitionMutations.DeleteRelease, TransitionMutations.DeleteGrab, TransitionMutations.DuplicateGrab, TransitionMutations.DuplicateRelease,
        TransitionMutations.DropUsing, TransitionMutations.RemoveFinally,
        CheckMutations.DeleteCheck, CheckMutations.NegateCheck, CheckMutations.HintForGrab, CheckMutations.DropIsHeld,
        PollMutations.DeletePoll, PollMutations.NegatePoll, PollMutations.TouchOnceWanted,
        PlacementMutations.InsertAwait, PlacementMutations.InsertBlocking, PlacementMutations.ReturnInside,
        PlacementMutations.FailInside, PlacementMutations.TouchBeforeGrab, PlacementMutations.MoveBehindRelease,
        DeviceMutations.SwapDevice, DeviceMutations.DropContract,
    ];

    private static readonly Lazy<Task<IReadOnlyList<(Mutant Mutant, string[] Ids)>>> Analysed = new(AnalyseAll);

    /// <summary>Gets every mutant that compiles, with the rules that report something in it.</summary>
    public static Task<IReadOnlyList<(Mutant Mutant, string[] Ids)>> Results => Analysed.Value;

    // All in one compilation, each in a namespace of its own: what they share is bound and analysed once.
    private static async Task<IReadOnlyList<(Mutant Mutant, string[] Ids)>> AnalyseAll()
    {
        List<(Mutant Mutant, SyntaxTree Tree)> made =
            [.. CorpusDriver.All.Select(d => new DriverCode(d)).SelectMany(c => Kinds.SelectMany(k => k(c))).Select((m, i) => (m, CorpusCompilation.Parse($"namespace Mutant{i};\n{m.Root.ToFullString()}", $"{i}")))];
        CSharpCompilation compilation = CorpusCompilation.OfDrivers(made.Select(m => m.Tree));
        HashSet<SyntaxTree?> refused = [.. CorpusCompilation.Errors(compilation).Select(d => d.Location.SourceTree)];
        List<(Mutant Mutant, SyntaxTree Tree)> compiled = [.. made.Where(m => !refused.Contains(m.Tree))];
        ImmutableArray<Diagnostic> found = await CorpusCompilation.Analyse(CorpusCompilation.OfDrivers(compiled.Select(m => m.Tree)));
        ILookup<SyntaxTree?, string> ids = found.ToLookup(d => d.Location.SourceTree, d => d.Id);
        return [.. compiled.Select(m => (m.Mutant, (string[])[.. ids[m.Tree].Distinct().Order(StringComparer.Ordinal)]))];
    }
}
