using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Checks that device registers are read at their own width: VPIO2010.</summary>
internal sealed class RegisterReads(Places places, Action<Diagnostic> report)
{
    private const int NoInlining = 8, NoOptimization = 64;

    /// <summary>Checks one operation.</summary>
    public void Check(IOperation operation)
    {
        if (places.Marked(operation, Mark.DeviceRegister) is null || ReadOf(operation) is not { } read)
            return;
        if (Narrowing(read) is { } narrow)
            report(Diagnostic.Create(RegisterReadNarrowed.Rule, read.Syntax.GetLocation(), $"The register '{operation.Syntax}' is cut to some of its bits as it is read ('{narrow.Syntax}'), and the compiler may load only those: return it whole, and let the caller cut it"));
        else if (Accessor(read) is { } accessor && !IsKeptApart(accessor))
            report(Diagnostic.Create(RegisterReadNarrowed.Rule, read.Syntax.GetLocation(), ImmutableDictionary<string, string?>.Empty.Add("accessor", NameOf(accessor)), $"The register '{operation.Syntax}' is read in '{NameOf(accessor)}', which the compiler may inline, and then load only the bits that the caller uses: mark it with [MethodImpl(MethodImplOptions.NoInlining)]"));
    }

    // The operation whose value is what the register holds, or null when it is not read here, or by an instruction that is never narrowed.
    private static IOperation? ReadOf(IOperation register) => register.Parent switch
    {
        IArgumentOperation { Parameter.RefKind: not RefKind.None, Parent: IInvocationOperation call } => IsVolatileRead(call.TargetMethod) ? call : null,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } or ISimpleAssignmentOperation { IsRef: true } or INameOfOperation or IAddressOfOperation or IExpressionStatementOperation or IConditionalOperation { IsRef: true } => null,
        IAssignmentOperation assignment when assignment.Target == register => assignment is ICompoundAssignmentOperation ? register : null,
        IReturnOperation when register.SemanticModel?.GetEnclosingSymbol(register.Syntax.SpanStart) is IMethodSymbol { RefKind: not RefKind.None } => null,
        IMemberReferenceOperation or IInvocationOperation => null,
        _ => register,
    };

    private static bool IsVolatileRead(IMethodSymbol method) => Places.IsAtomic(method) && method.ContainingType.Name == "Volatile" && method.Name == "Read";

    private static IOperation? Narrowing(IOperation read) => read.Parent switch
    {
        IConversionOperation conversion when BitsOf(conversion.Type) is > 0 and var to && to < BitsOf(read.Type) => conversion,
        IConversionOperation { IsImplicit: true } conversion => Narrowing(conversion),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.RightShift or BinaryOperatorKind.UnsignedRightShift } binary when binary.LeftOperand == read || binary.OperatorKind == BinaryOperatorKind.And => binary,
        _ => null,
    };

    private static int BitsOf(ITypeSymbol? type) => (type is INamedTypeSymbol { EnumUnderlyingType: { } number } ? number : type)?.SpecialType switch
    {
        SpecialType.System_SByte or SpecialType.System_Byte => 8,
        SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char => 16,
        SpecialType.System_Int32 or SpecialType.System_UInt32 => 32,
        SpecialType.System_Int64 or SpecialType.System_UInt64 => 64,
        _ => 0,
    };

    private static IMethodSymbol? Accessor(IOperation read) => read.SemanticModel?.GetEnclosingSymbol(read.Syntax.SpanStart) as IMethodSymbol;

    private static bool IsKeptApart(IMethodSymbol method) => method.MethodKind is not MethodKind.AnonymousFunction && ((int)method.MethodImplementationFlags & (NoInlining | NoOptimization)) != 0;

    private static string NameOf(IMethodSymbol method) => method.AssociatedSymbol?.Name ?? (method.Name.Length == 0 ? "a lambda" : method.Name);
}
