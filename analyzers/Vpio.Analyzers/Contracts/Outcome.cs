using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Contracts;

/// <summary>Is how the result of a call that may fail tells success.</summary>
/// <param name="Test">What is compared.</param>
/// <param name="Value">The constant that means success, for <see cref="OutcomeTest.Constant"/>.</param>
/// <param name="Name">The bool member of the result, or the ref or out parameter, that tells.</param>
internal sealed record Outcome(OutcomeTest Test, object? Value = null, string? Name = null)
{
    /// <summary>Reads the first argument of TryAcquires and ReleasesWhen.</summary>
    /// <returns>The outcome, or null when the argument names nothing.</returns>
    public static Outcome? Read(TypedConstant constant, IMethodSymbol method)
    {
        if (constant.Kind == TypedConstantKind.Enum && constant.Type is { Name: "Outcome", ContainingNamespace.Name: "Ownership" })
            return (int)constant.Value! switch { 0 => new(OutcomeTest.NonNull), 1 => new(OutcomeTest.Null), _ => new(OutcomeTest.NonZero) };
        return constant.Value is string name ? Named(name, method) : constant.IsNull ? null : new(OutcomeTest.Constant, constant.Value);
    }

    /// <summary>Reads the same as it stands in a contract file.</summary>
    /// <param name="text"><c>true</c>, a number, a name in quotes, <c>Outcome.NonNull</c>, or a member of the enum that is returned, with or without the enum's name.</param>
    /// <param name="method">The method that it is said of.</param>
    /// <returns>The outcome, or null when the text names nothing.</returns>
    public static Outcome? Parse(string text, IMethodSymbol method)
    {
        if (text.Length > 1 && text[0] == '"')
            return Named(text.Trim('"'), method);
        if (Truth(text) is { } truth)
            return new(OutcomeTest.Constant, truth);
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
            return new(OutcomeTest.Constant, number);
        if (method.ReturnType.GetMembers(text.Split('.').Last()).OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue) is { ContainingType.TypeKind: TypeKind.Enum } member)
            return new(OutcomeTest.Constant, member.ConstantValue);
        return text switch
        {
            "Outcome.NonNull" => new(OutcomeTest.NonNull),
            "Outcome.Null" => new(OutcomeTest.Null),
            "Outcome.NonZero" => new(OutcomeTest.NonZero),
            _ => null,
        };
    }

    /// <summary>Reads a bool as it is written in code.</summary>
    public static bool? Truth(string text) => text switch { "true" => true, "false" => false, _ => null };

    private static Outcome? Named(string name, IMethodSymbol method)
    {
        if (method.Parameters.Any(p => p.Name == name && p.RefKind is RefKind.Ref or RefKind.Out && p.Type.SpecialType == SpecialType.System_Boolean))
            return new(OutcomeTest.Parameter, Name: name);
        return method.ReturnType.GetMembers(name).Any(m => m is IPropertySymbol or IFieldSymbol) ? new(OutcomeTest.Member, Name: name) : null;
    }
}

/// <summary>Says what of a call is looked at to tell success.</summary>
internal enum OutcomeTest
{
    /// <summary>The result equals a constant.</summary>
    Constant,

    /// <summary>The result is not null.</summary>
    NonNull,

    /// <summary>The result is null.</summary>
    Null,

    /// <summary>The result is not zero.</summary>
    NonZero,

    /// <summary>A bool member of the result is true.</summary>
    Member,

    /// <summary>A ref or out bool parameter is true afterwards.</summary>
    Parameter,
}
