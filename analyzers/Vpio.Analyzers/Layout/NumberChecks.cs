using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers.Layout;

/// <summary>Checks that the numbers of an enumeration are given out once, and none that is reserved.</summary>
internal static class NumberChecks
{
    /// <summary>Checks one enumeration.</summary>
    public static void Run(INamedTypeSymbol type, Action<Diagnostic> report)
    {
        bool isFlags = type.GetAttributes().Any(a => a.AttributeClass is { Name: "FlagsAttribute", ContainingNamespace.Name: "System" });
        (ulong First, ulong Last, string Reason)[] reserved = Marks.All(type, "ReservedNumbers").Select(ReadRange).ToArray();
        ulong bits = BitsOf(type.EnumUnderlyingType);
        Dictionary<ulong, IFieldSymbol> given = [];
        foreach (IFieldSymbol member in type.GetMembers().OfType<IFieldSymbol>().Where(f => f.ConstantValue is not null))
        {
            ulong number = NumberOf(member.ConstantValue!);
            if (reserved.FirstOrDefault(r => IsWithin(number, r.First, r.Last, member.ConstantValue is ulong)) is { Reason: { } reason })
                Report(member, $"is reserved: {reason}");
            if (IsAlias(member) || (isFlags && !IsBit(number & bits)))
                continue;
            if (given.TryGetValue(number, out IFieldSymbol? other))
                Report(member, $"'{other.Name}' has already");
            else
                given[number] = member;
        }

        void Report(IFieldSymbol member, string why) => report(Diagnostic.Create(NumberNotFree.Rule, member.Locations[0], member.Name, member.ConstantValue, why));
    }

    private static (ulong First, ulong Last, string Reason) ReadRange(AttributeData attribute) =>
        attribute.ConstructorArguments is { Length: 3 } arguments && arguments[0].Value is long first && arguments[1].Value is long last
            ? (unchecked((ulong)first), unchecked((ulong)last), arguments[2].Value as string ?? "")
            : (1, 0, "");

    private static ulong NumberOf(object value) => value is ulong number ? number : unchecked((ulong)Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));

    private static bool IsWithin(ulong number, ulong first, ulong last, bool isUnsigned) =>
        isUnsigned ? first <= number && number <= last : unchecked((long)first <= (long)number && (long)number <= (long)last);

    private static bool IsBit(ulong number) => (number & (number - 1)) == 0;

    // A negative number is extended to 64 bits by its sign, of which the type has fewer.
    private static ulong BitsOf(INamedTypeSymbol? number) => number is not null && TypeLayout.Of(number) is { SizeBytes: < sizeof(ulong) and var bytes } ? (1UL << (int)(8 * bytes)) - 1 : ulong.MaxValue;

    // Who writes 'Old = New' says that both mean the same.
    private static bool IsAlias(IFieldSymbol member)
    {
        ExpressionSyntax? value = (member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as EnumMemberDeclarationSyntax)?.EqualsValue?.Value;
        string? other = value switch
        {
            IdentifierNameSyntax name => name.Identifier.ValueText,
            MemberAccessExpressionSyntax { Expression: var type } access when LastOf(type) == member.ContainingType.Name => access.Name.Identifier.ValueText,
            _ => null,
        };
        return other is not null && other != member.Name && member.ContainingType.GetMembers(other).OfType<IFieldSymbol>().Any();
    }

    private static string LastOf(ExpressionSyntax type) => type switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => "",
    };
}
