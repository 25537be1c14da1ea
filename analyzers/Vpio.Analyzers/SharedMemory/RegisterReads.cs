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
        if (ReadOf(operation) is not { } read)
            return;
        IOperation register = read == operation && operation is IInvocationOperation { Arguments.Length: > 0 } call && IsUnsafeRead(call) ? call.Arguments[0].Value : operation;
        if (Narrowing.Of(read) is { } narrow)
            Report(read, $"The register '{register.Syntax}' is cut to some of its bits as it is read ('{narrow.Syntax}'), and the compiler may load only those: return it whole, and let the caller cut it");
        else if (read.SemanticModel?.GetEnclosingSymbol(read.Syntax.SpanStart) is { } reader && !IsKeptApart(reader))
            OfReader(read, register, reader);
    }

    private void OfReader(IOperation read, IOperation register, ISymbol reader)
    {
        if (reader is IMethodSymbol { MethodKind: not (MethodKind.AnonymousFunction or MethodKind.Constructor or MethodKind.StaticConstructor) })
            Report(read, $"The register '{register.Syntax}' is read in '{NameOf(reader)}', which the compiler may inline, and then load only the bits that the caller uses: mark it with [MethodImpl(MethodImplOptions.NoInlining)]", ("accessor", NameOf(reader)));
        else
            Report(read, $"The register '{register.Syntax}' is read where the compiler may load only the bits that are used: read it in a method of its own, marked with [MethodImpl(MethodImplOptions.NoInlining)]");
    }

    private void Report(IOperation read, string text, params (string Key, string Value)[] properties) =>
        report(Diagnostic.Create(RegisterReadNarrowed.Rule, read.Syntax.GetLocation(), properties.ToImmutableDictionary(p => p.Key, p => (string?)p.Value), text));

    // The operation whose value is what a register holds, or null when none is read, or by an instruction that is never narrowed.
    private IOperation? ReadOf(IOperation operation)
    {
        if (operation is IInvocationOperation call && IsUnsafeRead(call))
            return places.Lead(call.Arguments[0].Value, Mark.DeviceRegister) is null ? null : call;
        return places.Marked(operation, Mark.DeviceRegister) is null ? null : ReadAt(operation);
    }

    private static IOperation? ReadAt(IOperation register) => register.Parent switch
    {
        IArgumentOperation { Parameter.RefKind: not RefKind.None, Parent: IInvocationOperation call } => IsVolatileRead(call.TargetMethod) ? call : null,
        IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } or ISimpleAssignmentOperation { IsRef: true } or INameOfOperation or IAddressOfOperation or IExpressionStatementOperation or IConditionalOperation { IsRef: true } => null,
        IAssignmentOperation assignment when assignment.Target == register => assignment is ICompoundAssignmentOperation ? register : null,
        IReturnOperation when register.SemanticModel?.GetEnclosingSymbol(register.Syntax.SpanStart) is IMethodSymbol { RefKind: not RefKind.None } => null,
        IMemberReferenceOperation or IInlineArrayAccessOperation or IInvocationOperation => null,
        IConversionOperation { Type: { } view } when Places.LeadsOn(view) => null,
        _ => register,
    };

    private static bool IsUnsafeRead(IInvocationOperation call) =>
        call.TargetMethod is { Name: "Read" or "ReadUnaligned", Parameters.Length: 1, ContainingType: { Name: "Unsafe", ContainingNamespace.Name: "CompilerServices" } };

    private static bool IsVolatileRead(IMethodSymbol method) => Places.IsAtomic(method) && method.ContainingType.Name == "Volatile" && method.Name == "Read";

    private static bool IsKeptApart(ISymbol reader) =>
        reader is IMethodSymbol { MethodKind: not MethodKind.AnonymousFunction } method && ((int)method.MethodImplementationFlags & (NoInlining | NoOptimization)) != 0;

    private static string NameOf(ISymbol reader) => (reader as IMethodSymbol)?.AssociatedSymbol?.Name ?? reader.Name;
}
