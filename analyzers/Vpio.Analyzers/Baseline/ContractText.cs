using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Baseline;

/// <summary>Writes the contract of a symbol, the same for the same attributes in whatever order: <c>NoThrow, TryAcquires(true); lease: Owns</c>.</summary>
internal static class ContractText
{
    // It is about the body, and says nothing to callers.
    private const string OptOut = "NoOwnershipCheckAttribute";

    /// <summary>Reads the ownership attributes of a type or a member, of its accessors, its parameters and what it returns.</summary>
    /// <param name="symbol">The type or the member.</param>
    /// <param name="text">The contract, or null when it does not compile.</param>
    /// <returns>Whether there is a contract.</returns>
    public static bool TryRead(ISymbol symbol, out string? text)
    {
        (string Label, AttributeData[] Attributes)[] sections = Sections(symbol)
            .Select(s => (s.Label, s.Attributes.Where(IsContract).ToArray()))
            .Where(s => s.Item2.Length > 0).ToArray();
        text = sections.SelectMany(s => s.Attributes).All(Compiles)
            ? string.Join("; ", sections.Select(s => s.Label + string.Join(", ", s.Attributes.Select(Write).OrderBy(a => a, StringComparer.Ordinal))))
            : null;
        return sections.Length > 0;
    }

    private static IEnumerable<(string Label, ImmutableArray<AttributeData> Attributes)> Sections(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => OfCall("", method, method.Parameters),
        IPropertySymbol property => Of("", property)
            .Concat(OfParameters(property.Parameters))
            .Concat(OfAccessor("get", property.GetMethod, property.Parameters.Length))
            .Concat(OfAccessor("set", property.SetMethod, property.Parameters.Length)),
        IEventSymbol change => Of("", change)
            .Concat(OfAccessor("add", change.AddMethod, 0))
            .Concat(OfAccessor("remove", change.RemoveMethod, 0)),
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } type => Of("", type).Concat(OfParameters(invoke.Parameters)).Concat(OfReturn("", invoke)),
        _ => Of("", symbol),
    };

    private static IEnumerable<(string, ImmutableArray<AttributeData>)> Of(string label, ISymbol symbol) => [(label, symbol.GetAttributes())];

    private static IEnumerable<(string, ImmutableArray<AttributeData>)> OfCall(string label, IMethodSymbol method, IEnumerable<IParameterSymbol> parameters) =>
        Of(label, method).Concat(OfParameters(parameters, label)).Concat(OfReturn(label, method));

    // An accessor has the parameters of its property, and perhaps a value behind them.
    private static IEnumerable<(string, ImmutableArray<AttributeData>)> OfAccessor(string name, IMethodSymbol? accessor, int shared) =>
        accessor is null ? [] : OfCall($"{name}: ", accessor, accessor.Parameters.Skip(shared));

    private static IEnumerable<(string, ImmutableArray<AttributeData>)> OfParameters(IEnumerable<IParameterSymbol> parameters, string prefix = "") =>
        parameters.SelectMany(p => Of($"{prefix}{p.Name}: ", p));

    private static IEnumerable<(string, ImmutableArray<AttributeData>)> OfReturn(string label, IMethodSymbol method) => [($"{label}return: ", method.GetReturnTypeAttributes())];

    private static bool IsContract(AttributeData attribute) => attribute.AttributeClass is { } type && type.ContainingNamespace?.ToDisplayString() == ContractReader.Namespace && type.Name != OptOut;

    private static bool Compiles(AttributeData attribute) =>
        attribute.AttributeConstructor is not null && attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(a => a.Value)).All(Compiles);

    private static bool Compiles(TypedConstant argument) => argument.Kind switch
    {
        TypedConstantKind.Error => false,
        TypedConstantKind.Array => argument.IsNull || argument.Values.All(Compiles),
        _ => true,
    };

    private static string Write(AttributeData attribute)
    {
        string name = attribute.AttributeClass!.Name, ending = nameof(Attribute);
        string[] arguments = attribute.ConstructorArguments.SelectMany(Each)
            .Concat(attribute.NamedArguments.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key} = {a.Value.ToCSharpString()}")).ToArray();
        return (name.EndsWith(ending, StringComparison.Ordinal) ? name.Substring(0, name.Length - ending.Length) : name) + (arguments.Length == 0 ? "" : $"({string.Join(", ", arguments)})");
    }

    // The paths of an attribute are an array, but are not written as one.
    private static IEnumerable<string> Each(TypedConstant argument) =>
        argument.Kind == TypedConstantKind.Array && !argument.IsNull ? argument.Values.Select(v => v.ToCSharpString()) : [argument.ToCSharpString()];
}
