using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Vpio.Analyzers.Contracts;
using Vpio.Analyzers.Flow;
using Vpio.Analyzers.Relevance;

namespace Vpio.Analyzers;

/// <summary>Gathers the bodies of one type while the compiler goes through them, and what they say of devices and fields.</summary>
internal sealed class TypeBodies(ContractTable contracts, RelevantMembers members)
{
    private readonly object _lock = new();
    private readonly List<(ISymbol Member, IOperation Block, ControlFlowGraph Graph, Identity? Guess)> _blocks = [];
    private readonly HashSet<ISymbol> _handedOut = new(SymbolEqualityComparer.Default);

    /// <summary>Gets whether some body deals with a device.</summary>
    public bool MentionDevices { get; private set; }

    /// <summary>Gets the fields, and the parameters of a primary constructor, that are written outside of constructors.</summary>
    public HashSet<ISymbol> Rewritten { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Gets the graphs of the methods.</summary>
    public IReadOnlyDictionary<IMethodSymbol, ControlFlowGraph> Graphs => _blocks
        .Where(b => b.Member is IMethodSymbol && b.Block.Kind is OperationKind.Block or OperationKind.MethodBody or OperationKind.ConstructorBody)
        .GroupBy(b => (IMethodSymbol)b.Member, b => b.Graph, (IEqualityComparer<IMethodSymbol>)SymbolEqualityComparer.Default)
        .ToDictionary(g => g.Key, g => g.First(), (IEqualityComparer<IMethodSymbol>)SymbolEqualityComparer.Default);

    /// <summary>Gets the members with a body, in the order of their places.</summary>
    public ImmutableArray<MemberGraph> Members => _blocks
        .OrderBy(b => b.Block.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(b => b.Block.Syntax.SpanStart)
        .Select(b => new MemberGraph(b.Member, b.Graph, b.Member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() ?? b.Block.Syntax, _handedOut.Contains(b.Member), b.Guess))
        .ToImmutableArray();

    /// <summary>Takes the bodies of one member. One that does not compile is left out: what it would do is not known.</summary>
    public void Add(CodeBlockAnalysisContext context)
    {
        if (!members.Contains(context.CodeBlock))
            return;
        foreach (SyntaxNode part in BodyParts.Of(context.CodeBlock, context.OwningSymbol))
        {
            if (!BodyParts.CanBeRead(part) || context.SemanticModel.GetOperation(part, context.CancellationToken) is not { Parent: null } body)
                continue;
            BodySurvey survey = new(contracts);
            survey.Visit(body);
            if (survey.IsBroken)
                continue;
            bool speaks = contracts.Of(context.OwningSymbol).Speaks, isInferred = context.OwningSymbol.DeclaredAccessibility == Accessibility.Private;
            ControlFlowGraph? graph = survey.Matters || speaks || isInferred ? ControlFlowGraph.Create(part, context.SemanticModel, context.CancellationToken) : null;
            lock (_lock)
            {
                MentionDevices |= survey.MentionsDevices || speaks;
                Keep(context.OwningSymbol, body, graph, survey);
            }
        }
    }

    private void Keep(ISymbol member, IOperation block, ControlFlowGraph? graph, BodySurvey survey)
    {
        _handedOut.UnionWith(survey.HandedOut);
        if (member is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor })
            Rewritten.UnionWith(survey.Written);
        if (graph is not null)
            _blocks.Add((member, block, graph, survey.Guess));
    }
}
