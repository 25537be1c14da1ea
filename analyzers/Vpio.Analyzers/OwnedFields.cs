using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vpio.Analyzers.Contracts;
using Vpio.Analyzers.Flow;

namespace Vpio.Analyzers;

/// <summary>Checks that an object which owns a handle releases it when it is disposed.</summary>
internal static class OwnedFields
{
    /// <summary>Gets whether a type has such fields.</summary>
    public static bool Any(INamedTypeSymbol type, ContractTable contracts) => type.GetMembers().Any(m => IsOwned(m, contracts));

    /// <summary>Notes each field that no way of disposing releases.</summary>
    public static void Check(INamedTypeSymbol type, TypeAnalysis analysis, TypeBodies bodies, Findings findings)
    {
        if (type.DeclaringSyntaxReferences.Any(r => r.GetSyntax().ContainsDiagnostics))
            return;
        MemberGraph[] disposers = bodies.Members.Where(m => m.Member is IMethodSymbol { Name: "Dispose" or "DisposeAsync" or "DisposeAsyncCore" or "System.IDisposable.Dispose" or "System.IAsyncDisposable.DisposeAsync" }).ToArray();
        foreach (IFieldSymbol field in type.GetMembers().OfType<IFieldSymbol>().Where(f => IsOwned(f, analysis.Contracts)))
        {
            if (field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not VariableDeclaratorSyntax declarator)
                continue;
            bool released = disposers.Any(m => Releases(m, field, declarator, analysis));
            if (!released)
                findings.Note("VPIO1008", declarator, declarator.Identifier.GetLocation(), field.Name);
        }
    }

    private static bool IsOwned(ISymbol member, ContractTable contracts) =>
        member is IFieldSymbol field && contracts.Has(field, "Owns") && contracts.TraitsOf(field.Type).Scoped;

    private static bool Releases(MemberGraph dispose, IFieldSymbol field, SyntaxNode declarator, TypeAnalysis analysis)
    {
        analysis.Begin([], null);
        MemberIdentity device = new(ThisIdentity.Instance, field);
        PathState state = new(new Hold(HoldKind.Held) { Origin = HoldOrigin.Field });
        state.Set(device, new HandleValue(DeviceSet.Of(device), declarator, Acquired: true));
        GraphWalk walk = new(analysis, new Frame(dispose.Member, analysis.Contracts.Of(dispose.Member), null), dispose.Graph, device);
        walk.Run(state);
        return walk.Exits.Any(e => e.Hold.Kind != HoldKind.Held);
    }
}
