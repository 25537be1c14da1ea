using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace Vpio.Analyzers.Flow;

/// <summary>Is the body of a member without a contract, from which one is inferred: a private method or a local function.</summary>
/// <param name="Method">The member.</param>
/// <param name="SharesLocals">Whether it uses the locals of the member around it.</param>
/// <param name="Find">Finds its graph, given one that it is called from.</param>
internal sealed record MemberBody(IMethodSymbol Method, bool SharesLocals, Func<ControlFlowGraph, ControlFlowGraph?> Find)
{
    /// <summary>Gets the graph.</summary>
    public ControlFlowGraph? Graph(ControlFlowGraph caller) => Find(caller);
}
