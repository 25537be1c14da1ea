using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Contracts;

/// <summary>Reads the ownership attributes of a member and its parameters, and binds their paths.</summary>
internal static class ContractReader
{
    /// <summary>Where the attributes live.</summary>
    public const string Namespace = "Vpio.Abi.Ownership";

    /// <summary>Reads one member. Accessors have the contract of their property or event.</summary>
    public static Contract Read(ISymbol member, INamespaceSymbol home)
    {
        Contract contract = Contract.None;
        foreach (AttributeData attribute in member.GetAttributes())
        {
            if (IsOurs(attribute, home) && Compiles(attribute))
                contract = Add(contract, attribute, member, null);
        }

        foreach (IParameterSymbol parameter in DevicePath.ParametersOf(member))
        {
            foreach (AttributeData attribute in parameter.GetAttributes())
            {
                if (IsOurs(attribute, home) && Compiles(attribute))
                    contract = Add(contract, attribute, member, parameter);
            }
        }

        if (member is IMethodSymbol method && method.GetReturnTypeAttributes().Any(a => IsOurs(a, home) && a.AttributeClass!.Name == "CallerOwnsAttribute"))
            contract = contract with { CallerOwns = true };
        return contract;
    }

    /// <summary>Gets whether an attribute is one of the ownership attributes.</summary>
    public static bool IsOurs(AttributeData attribute, INamespaceSymbol home) =>
        SymbolEqualityComparer.Default.Equals(attribute.AttributeClass?.ContainingNamespace, home) ||
        attribute.AttributeClass?.ContainingNamespace?.ToDisplayString() == Namespace;

    // What is wrong with the others the compiler says.
    private static bool Compiles(AttributeData attribute) =>
        attribute.AttributeConstructor is not null && attribute.ConstructorArguments.All(a => a.Kind != TypedConstantKind.Error && (a.Kind != TypedConstantKind.Array || a.IsNull || a.Values.All(v => v.Kind != TypedConstantKind.Error)));

    private static Contract Add(Contract contract, AttributeData attribute, ISymbol member, IParameterSymbol? parameter) => attribute.AttributeClass!.Name switch
    {
        "RequiresHeldAttribute" => AddClause(contract, ClauseKind.RequiresHeld, attribute, member, parameter),
        "AcquiresAttribute" => AddClause(contract, ClauseKind.Acquires, attribute, member, parameter),
        "TryAcquiresAttribute" => AddClause(contract, ClauseKind.TryAcquires, attribute, member, parameter),
        "ReleasesAttribute" => AddClause(contract, ClauseKind.Releases, attribute, member, parameter),
        "ReleasesWhenAttribute" => AddClause(contract, ClauseKind.ReleasesWhen, attribute, member, parameter),
        "ExcludesAttribute" => AddClause(contract, ClauseKind.Excludes, attribute, member, parameter),
        "AssertsHeldAttribute" => AddClause(contract, ClauseKind.AssertsHeld, attribute, member, parameter),
        "HeldWhenAttribute" => contract with { HeldWhen = attribute.ConstructorArguments[0].Value as bool? },
        "RevokedWhenAttribute" => contract with { RevokedWhen = attribute.ConstructorArguments[0].Value as bool? },
        "HintAttribute" => contract with { Hint = true },
        "MayRevokeAttribute" => contract with { MayRevoke = true },
        "PollsAttribute" => contract with { Polls = true },
        "QuiesceAttribute" => contract with { Quiesce = true },
        "RevocationHandlerAttribute" => contract with { RevocationHandler = true },
        "NoThrowAttribute" => contract with { NoThrow = true },
        "OwnershipAliasAttribute" when parameter is null => contract with { Alias = true },
        "GrabBeforeAttribute" => CheckPaths(contract, attribute, member),
        "SameAsAttribute" => AddSameAs(contract, attribute, member),
        "NoOwnershipCheckAttribute" => AddOptOut(contract, attribute),
        _ => contract,
    };

    private static Contract AddClause(Contract contract, ClauseKind kind, AttributeData attribute, ISymbol member, IParameterSymbol? parameter)
    {
        if (member is IMethodSymbol { IsAsync: true } || IsIterator(member))
            return contract with { Malformations = contract.Malformations.Add(new(MalformationKind.Deferred, LocationOf(attribute), ShortName(attribute))) };

        Outcome? outcome = null;
        int first = 0;
        if (kind is ClauseKind.TryAcquires or ClauseKind.ReleasesWhen)
        {
            first = 1;
            outcome = attribute.ConstructorArguments.Length > 0 && member is IMethodSymbol method ? Outcome.Read(attribute.ConstructorArguments[0], method) : null;
            if (outcome is null)
                return Unbound(contract, attribute, 0, attribute.ConstructorArguments.Length > 0 ? attribute.ConstructorArguments[0].Value?.ToString() ?? "null" : "");
        }

        ImmutableArray<DevicePath>.Builder paths = ImmutableArray.CreateBuilder<DevicePath>();
        int position = first;
        foreach (string? text in Texts(attribute, first))
        {
            DevicePath? path = text is null ? null : DevicePath.Bind(text, member);
            if (path is null)
                return IsExtensionBlock(member) ? contract : Unbound(contract, attribute, position, text ?? "null");
            paths.Add(path);
            position++;
        }

        Clause clause = new(kind, paths.ToImmutable(), parameter, paths.Count > 0, outcome, Flag(attribute, "Shared"), Flag(attribute, "Reentrant"));
        return contract with { Clauses = contract.Clauses.Add(clause) };
    }

    private static IEnumerable<string?> Texts(AttributeData attribute, int first)
    {
        if (attribute.ConstructorArguments.Length <= first)
            yield break;
        TypedConstant paths = attribute.ConstructorArguments[first];
        if (paths.Kind != TypedConstantKind.Array)
            yield break;
        foreach (TypedConstant value in paths.IsNull ? ImmutableArray<TypedConstant>.Empty : paths.Values)
            yield return value.Value as string;
    }

    private static Contract CheckPaths(Contract contract, AttributeData attribute, ISymbol member)
    {
        int position = 0;
        foreach (string? text in Texts(attribute, 0))
        {
            if (text is null || DevicePath.Bind(text, member) is null)
                return Unbound(contract, attribute, position, text ?? "null");
            position++;
        }

        return contract;
    }

    private static Contract AddSameAs(Contract contract, AttributeData attribute, ISymbol member)
    {
        string text = attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "";
        return DevicePath.Bind(text, member) is { } path ? contract with { SameAs = path } : Unbound(contract, attribute, 0, text);
    }

    private static Contract AddOptOut(Contract contract, AttributeData attribute)
    {
        contract = contract with { Unchecked = true };
        return string.IsNullOrWhiteSpace(attribute.ConstructorArguments.FirstOrDefault().Value as string)
            ? contract with { Malformations = contract.Malformations.Add(new(MalformationKind.NoReason, LocationOf(attribute), ShortName(attribute))) }
            : contract;
    }

    // The receiver of an extension block is no parameter of its members, and the oldest compiler that these rules run in knows no such block.
    private static bool IsExtensionBlock(ISymbol member) => member.ContainingType is { Name: "" };

    private static Contract Unbound(Contract contract, AttributeData attribute, int position, string text) =>
        contract with { Malformations = contract.Malformations.Add(new(MalformationKind.UnboundPath, LocationOf(attribute, position), text)) };

    private static bool Flag(AttributeData attribute, string name) => attribute.NamedArguments.Any(a => a.Key == name && a.Value.Value is true);

    private static string ShortName(AttributeData attribute) => attribute.AttributeClass!.Name.Replace("Attribute", "");

    private static Location LocationOf(AttributeData attribute, int position = -1)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax() is not AttributeSyntax syntax)
            return Location.None;
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = syntax.ArgumentList?.Arguments ?? default;
        AttributeArgumentSyntax[] positional = arguments.Where(a => a.NameEquals is null).ToArray();
        return position >= 0 && position < positional.Length ? positional[position].Expression.GetLocation() : syntax.GetLocation();
    }

    /// <summary>Gets whether a body that yields makes the member an iterator.</summary>
    public static bool IsIterator(ISymbol member) => member is IMethodSymbol method && method.DeclaringSyntaxReferences.Any(r => YieldsIn(r.GetSyntax()));

    private static bool YieldsIn(SyntaxNode declaration) => declaration
        .DescendantNodes(n => n == declaration || n is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
        .Any(n => n is YieldStatementSyntax);
}
