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
        if (constant.Value is not string name)
            return constant.IsNull ? null : new(OutcomeTest.Constant, constant.Value);
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
