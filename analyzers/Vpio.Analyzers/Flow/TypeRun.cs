using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Analyses all members of one type: those that others call from their own entry, private ones where they are called.</summary>
internal sealed class TypeRun(TypeAnalysis analysis, ImmutableArray<MemberGraph> members)
{
    private readonly Findings _all = new();
    private readonly HashSet<SyntaxNode> _analysed = [];

    /// <summary>Runs the analysis.</summary>
    /// <returns>All that was found.</returns>
    public Findings Run()
    {
        foreach (MemberGraph member in members.Where(m => !IsInferred(m)))
            Analyse(member);
        foreach (MemberGraph member in members.Where(m => IsInferred(m) && (!analysis.WasFollowed((IMethodSymbol)m.Member) || m.IsHandedOut)))
            Analyse(member);
        return _all;
    }

    private bool IsInferred(MemberGraph member) =>
        member.Member is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.PropertySet } method && !analysis.Contracts.Of(method).Speaks && analysis.BodyOf(method) is not null;

    private void Analyse(MemberGraph member)
    {
        Contract contract = analysis.Contracts.Of(member.Member);
        if (analysis.Contracts.IsUnchecked(member.Member) || !contract.Malformations.IsEmpty)
            return;
        Start(new Root(member.Member, contract, member.Graph, member.Declaration, NameOf(member.Member), null) { Guess = member.Guess });
        AnalyseNested(member.Graph);
    }

    private void Start(Root root) => _all.Add(new MemberAnalysis(analysis, root).Run());

    // Lambdas and local functions that run at a time of their own, or that nobody calls.
    private void AnalyseNested(ControlFlowGraph graph)
    {
        foreach (IMethodSymbol function in graph.LocalFunctions)
        {
            ControlFlowGraph inner = graph.GetLocalFunctionControlFlowGraph(function);
            SyntaxNode declaration = function.DeclaringSyntaxReferences[0].GetSyntax();
            bool escapes = analysis.Escaped.Values.Any(c => SymbolEqualityComparer.Default.Equals(c.Method.OriginalDefinition, function.OriginalDefinition));
            Contract contract = analysis.Contracts.Of(function);
            foreach (Malformation fault in contract.Malformations)
                _all.Note(fault);
            if (_analysed.Add(declaration) && !contract.Unchecked && contract.Malformations.IsEmpty && (escapes || contract.Speaks || !analysis.WasFollowed(function)))
                Start(new Root(function, contract, inner, declaration, NameOf(function), declaration));
            AnalyseNested(inner);
        }

        foreach (IFlowAnonymousFunctionOperation lambda in graph.Blocks.SelectMany(b => b.Operations.Append(b.BranchValue!)).Where(o => o is not null).SelectMany(o => o.DescendantsAndSelf()).OfType<IFlowAnonymousFunctionOperation>())
        {
            ControlFlowGraph inner = graph.GetAnonymousFunctionControlFlowGraph(lambda);
            INamedTypeSymbol? type = analysis.DelegateOf(lambda.Syntax);
            if (_analysed.Add(lambda.Syntax) && !IsExpressionTree(lambda) && (analysis.Escaped.ContainsKey(lambda.Syntax) || !analysis.WasFollowed(lambda.Symbol)))
                Start(new Root(lambda.Symbol, type is null ? Contract.None : analysis.Contracts.Of(type), inner, lambda.Syntax, lambda.Syntax.GetLocation(), lambda.Syntax));
            AnalyseNested(inner);
        }
    }

    private static bool IsExpressionTree(IFlowAnonymousFunctionOperation lambda)
    {
        for (IOperation? parent = lambda.Parent; parent is IConversionOperation or IDelegateCreationOperation or IParenthesizedOperation; parent = parent.Parent)
        {
            if (parent.Type is { Name: "Expression", ContainingNamespace.Name: "Expressions" })
                return true;
        }

        return false;
    }

    private static Location NameOf(ISymbol member) => member.Locations.FirstOrDefault(l => l.IsInSource) ?? Location.None;
}

/// <summary>Is a member of a type, with its graph.</summary>
/// <param name="Member">The member.</param>
/// <param name="Graph">Its graph.</param>
/// <param name="Declaration">Its declaration.</param>
/// <param name="Guess">A device that it deals with, if one is seen at a glance.</param>
/// <param name="IsHandedOut">Whether it is used as a method group, so that anybody may call it.</param>
internal sealed record MemberGraph(ISymbol Member, ControlFlowGraph Graph, SyntaxNode Declaration, bool IsHandedOut, Identity? Guess);
