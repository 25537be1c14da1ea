using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Arguments: what they hand over, and what comes back by them.</summary>
internal sealed partial class Evaluator
{
    private Argument EvaluateArgument(IArgumentOperation operation)
    {
        IOperation written = Unwrap(operation.Value);
        bool assigned = operation.Parameter?.RefKind == RefKind.Out;
        Value value = assigned ? Value.Unknown : Evaluate(operation.Value);
        object? slot = operation.Parameter?.RefKind is RefKind.Ref or RefKind.Out ? PrepareSlot(written) : null;
        if (slot is null && operation.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
            StorePart(written, Value.Unknown);
        return new Argument(operation.Parameter, value, operation.Value, slot);
    }

    private object? PrepareSlot(IOperation target) => target switch
    {
        IDeclarationExpressionOperation declaration => PrepareSlot(declaration.Expression),
        _ => SlotOf(target),
    };

    private void AssignOuts(Contract contract, Argument[] arguments, SyntaxNode site)
    {
        bool tries = contract.Clauses.Any(c => c.Kind == ClauseKind.TryAcquires);
        foreach (Argument argument in arguments)
        {
            if (argument.Slot is null || argument.Parameter is not { } parameter)
                continue;
            bool spokenFor = contract.Clauses.Any(c => c.Outcome?.Name == parameter.Name || SymbolEqualityComparer.Default.Equals(c.Argument, parameter)) ||
                (tries && parameter.RefKind == RefKind.Out && (analysis.Contracts.Has(parameter, "Owns") || analysis.Contracts.TraitsOf(parameter.Type).Scoped));
            if (!spokenFor)
                _state.Set(argument.Slot, Result(parameter.Type, argument.Operation.Syntax));
        }
    }

    // What arguments may do once they are out of sight: views escape, handles are taken over, code may run at any time.
    private void LetGo(IMethodSymbol target, Contract contract, Argument[] arguments)
    {
        foreach (Argument argument in arguments)
        {
            IParameterSymbol? parameter = argument.Parameter;
            bool isTakenOver = argument.Value is HandleValue or ConstantValue && parameter is not null && analysis.Contracts.Has(parameter, "Owns");

            // What demands the hold of its argument has said that it does not ask first.
            bool isDemanded = parameter is not null && contract.Clauses.Any(c => c.Kind == ClauseKind.RequiresHeld && SymbolEqualityComparer.Default.Equals(c.Argument, parameter));
            if (!analysis.Contracts.Known(target).IsAssert && !isTakenOver && !isDemanded)
                NoteTested(argument.Value);
            if (parameter is null)
                continue;
            if (parameter.RefKind == RefKind.None)
                Copy(argument.Operation, isRef: false);
            switch (argument.Value)
            {
                case ViewValue when !analysis.Contracts.Has(parameter, "NoEscape") && Keeps(target, parameter):
                    EscapeOf(argument.Value, Unwrap(argument.Operation).Syntax);
                    break;
                case HandleValue handle when analysis.Contracts.Has(parameter, "Owns") && parameter.RefKind != RefKind.Out:
                    // It is taken over only by a call that returns: the exception of one that throws leaves it here.
                    if (!analysis.Contracts.NeverThrows(target))
                        MayThrow();
                    GiveAway(handle);
                    break;
                case ReferenceValue when !contract.Speaks && !analysis.Contracts.Has(parameter, "NoEscape") && parameter.RefKind != RefKind.In && !analysis.Contracts.Known(target).IsFramework:
                    Publish(argument.Value);
                    break;
                case CodeValue code when !IsImmediate(target, parameter):
                    Escape(code);
                    break;
            }
        }
    }

    // A stack-only view cannot be kept by a callee that has nowhere on the stack to put it.
    private static bool Keeps(IMethodSymbol target, IParameterSymbol parameter) =>
        !parameter.Type.IsRefLikeType || target.ReturnType.IsRefLikeType || target.Parameters.Any(p => p.RefKind is RefKind.Ref or RefKind.Out && p.Type.IsRefLikeType);

    /// <summary>Is one argument of a call.</summary>
    private sealed record Argument(IParameterSymbol? Parameter, Value Value, IOperation Operation, object? Slot);
}
