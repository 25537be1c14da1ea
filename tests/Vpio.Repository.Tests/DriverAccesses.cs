using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Repository.Tests;

/// <summary>Judges how a driver touches what it shares: the state word with acquire, each register at its width.</summary>
internal static class DriverAccesses
{
    // What ends in an access of that width; its arguments name the register.
    private static readonly Dictionary<string, string> Widths = new()
    {
        ["Read32"] = "u32",
        ["Write32"] = "u32",
        ["Exchange32"] = "u32",
        ["RingDoorbell"] = "u32",
        ["Dword"] = "u32",
        ["Read64"] = "u64",
        ["Write64"] = "u64",
        ["Qword"] = "u64",
    };

    /// <summary>Finds loads of a slot's state word that go past <c>DeviceSlot.ReadState</c>, which is the one with acquire.</summary>
    public static IEnumerable<string> PlainStateLoads(SourceTree sources, string folder) =>
        from file in InFolder(sources, folder)
        from access in file.Root.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
        where access.Name.Identifier.Text == "State" && IsSlot(access.Expression) && !IsOnlyNamed(access)
        select $"{file.Path}: {access} loads the state word without acquire; use DeviceSlot.ReadState.";

    /// <summary>Finds accesses to registers of the network device.</summary>
    /// <param name="sources">The sources.</param>
    /// <param name="folder">Where to look.</param>
    /// <param name="typeOf">The type of each register, u32 or u64.</param>
    /// <returns>Where, which, and whether the width is that of the register.</returns>
    public static IEnumerable<(string Place, string Register, bool IsExact)> RegisterAccesses(SourceTree sources, string folder, IReadOnlyDictionary<string, string> typeOf) =>
        from file in InFolder(sources, folder)
        from call in file.Root.DescendantNodes().OfType<InvocationExpressionSyntax>()
        let width = Widths.GetValueOrDefault(NameOf(call.Expression))
        where width is not null
        from argument in call.ArgumentList.Arguments
        let register = RegisterOf(argument.Expression, typeOf)
        where register is not null
        select ($"{file.Path}: {call}", register, typeOf[register] == width);

    private static IEnumerable<(string Path, SyntaxNode Root)> InFolder(SourceTree sources, string folder) =>
        sources.Files.Where(file => file.Path.StartsWith(folder, StringComparison.Ordinal));

    private static bool IsOnlyNamed(SyntaxNode access) =>
        access.Parent?.Parent?.Parent is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } };

    private static bool IsSlot(ExpressionSyntax expression) =>
        NameOf(expression is InvocationExpressionSyntax call ? call.Expression : expression).EndsWith("slot", StringComparison.OrdinalIgnoreCase);

    private static string NameOf(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax member => member.Name.Identifier.Text,
        SimpleNameSyntax name => name.Identifier.Text,
        _ => "",
    };

    /// <summary>Finds the register that an argument names: itself, or as that of a half of the device.</summary>
    private static string? RegisterOf(ExpressionSyntax argument, IReadOnlyDictionary<string, string> typeOf) => argument switch
    {
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "NicRegister" } } access when typeOf.ContainsKey(NameOf(access)) => NameOf(access),
        MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "registers" } } access when typeOf.ContainsKey($"Tx{NameOf(access)}") => $"Tx{NameOf(access)}",
        _ => null,
    };
}
