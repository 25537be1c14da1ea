using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Tests.Corpus.Mutations;

/// <summary>Makes faults of which device is meant, and of what a public member says of it.</summary>
internal static class DeviceMutations
{
    private static readonly string[] Contracts = ["RequiresHeld", "Acquires", "TryAcquires", "Releases"];

    /// <summary>Takes another device for each thing that a member does to one, once.</summary>
    public static IEnumerable<Mutant> SwapDevice(DriverCode code) =>
        from operation in code.Operations.DistinctBy(o => (o.Node.FirstAncestorOrSelf<MemberDeclarationSyntax>(), o.Device, o.Symbol.Name))
        where operation.Touches || operation.Grabs || operation.Tries || operation.Releases
        let receiver = operation.Receiver as IdentifierNameSyntax
        where receiver is not null && operation.IsOnDevice
        from other in Others(code, receiver)
        where !operation.Touches || !IsMentioned(receiver, other)
        select code.Replace("swap a device", receiver, SyntaxFactory.IdentifierName(other));

    /// <summary>Takes away what a public member says that it needs or does.</summary>
    public static IEnumerable<Mutant> DropContract(DriverCode code) =>
        from attribute in code.Root.DescendantNodes().OfType<AttributeSyntax>()
        where Contracts.Contains(attribute.Name.ToString()) && IsOfPublicMember(attribute)
        let list = (AttributeListSyntax)attribute.Parent!
        select code.Mutant(
            attribute.Name.ToString() == "RequiresHeld" ? "drop a requirement" : "drop a promise",
            attribute,
            list.Attributes.Count == 1 ? code.Root.RemoveNode(list, SyntaxRemoveOptions.KeepNoTrivia)! : code.Root.RemoveNode(attribute, SyntaxRemoveOptions.KeepNoTrivia)!);

    private static bool IsOfPublicMember(AttributeSyntax attribute) =>
        attribute.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method && method.Modifiers.Any(SyntaxKind.PublicKeyword);

    private static IEnumerable<string> Others(DriverCode code, IdentifierNameSyntax receiver)
    {
        ISymbol? meant = code.Model.GetSymbolInfo(receiver).Symbol;
        ITypeSymbol? type = code.Model.GetTypeInfo(receiver).Type;
        return code.Model.LookupSymbols(receiver.SpanStart).Where(s => !SymbolEqualityComparer.Default.Equals(s, meant) && SymbolEqualityComparer.Default.Equals(TypeOf(s), type)).Select(s => s.Name);
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IFieldSymbol field => field.Type,
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };

    // Where the other device may be held too, touching it is no fault.
    private static bool IsMentioned(SyntaxNode at, string name) =>
        at.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.DescendantNodes().OfType<IdentifierNameSyntax>().Any(i => i.Identifier.ValueText == name);
}
