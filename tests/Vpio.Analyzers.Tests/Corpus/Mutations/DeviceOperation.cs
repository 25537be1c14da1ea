using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Tests.Corpus.Mutations;

/// <summary>A piece of a driver that has a contract: it grabs, touches, gives back, looks.</summary>
/// <param name="Node">The call or access.</param>
/// <param name="Symbol">What is called or accessed.</param>
internal sealed record DeviceOperation(ExpressionSyntax Node, ISymbol Symbol)
{
    public bool Grabs => Has("Acquires");

    public bool Tries => Has("TryAcquires");

    public bool Releases => Has("Releases");

    public bool Touches => Has("RequiresHeld") && !Waits;

    public bool Waits => Has("MayRevoke");

    public bool Polls => Has("Polls") && !Waits;

    /// <summary>Gets whether it looks if the device is still held.</summary>
    public bool Proves => Has("HeldWhen");

    /// <summary>Gets what it is done to, as it is written.</summary>
    public ExpressionSyntax? Receiver => Node switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax member } => member.Expression,
        MemberAccessExpressionSyntax member => member.Expression,
        ElementAccessExpressionSyntax element => element.Expression,
        _ => null,
    };

    /// <summary>Gets the device that it is about, by name.</summary>
    public string Device => Receiver?.ToString() ?? PathInContract ?? "";

    /// <summary>Gets whether what it gives back or takes is the device itself, and not a value that owns a hold.</summary>
    public bool IsOnDevice => Symbol.ContainingType is { } type && !HasAttribute(type, "ScopedOwnership");

    /// <summary>Gets whether the device counts its grabs.</summary>
    public bool IsReentrant => Symbol.ContainingType.GetMembers().SelectMany(m => m.GetAttributes()).Any(a => a.NamedArguments.Any(n => n.Key == "Reentrant"));

    private string? PathInContract =>
        Symbol.GetAttributes().SelectMany(a => a.ConstructorArguments).SelectMany(a => a.Kind == TypedConstantKind.Array ? a.Values : [a]).Select(a => a.Value).OfType<string>().FirstOrDefault();

    /// <summary>Tells whether something has an attribute.</summary>
    public static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(a => a.AttributeClass?.Name == name + "Attribute");

    public bool Has(string attribute) => HasAttribute(Symbol, attribute);
}
