using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Checks what is done with shared words, and with structs that hold some: VPIO2006.</summary>
internal sealed class WordAccess(MemoryMarks marks, Places places, Action<Diagnostic> report)
{
    private readonly WordCopies _copies = new(marks, places);

    /// <summary>Checks one operation.</summary>
    public void Check(IOperation operation)
    {
        if (places.Marked(operation, Mark.SharedWord) is not null)
            OfWord(operation);
        else if ((marks.HoldsWords(operation.Type) && Places.IsPlace(operation)) || _copies.IsDisguised(operation))
            OfStruct(operation);
        if (_copies.Find(operation) is { } name)
            Copied(operation, name);
        else if (operation is IForEachLoopOperation loop && _copies.CopiedBy(loop) is { } collection)
            Copied(collection, collection.Syntax.ToString());
    }

    private void OfWord(IOperation word)
    {
        switch (word.Parent)
        {
            case IArgumentOperation { Parameter.RefKind: not RefKind.None } argument: OfArgument(word, argument); break;
            case ISimpleAssignmentOperation { IsRef: true, Target: IFieldReferenceOperation kept } assignment when assignment.Value == word:
                OfKept(word, kept.Field);
                break;
            case IFieldInitializerOperation { InitializedFields.Length: 1 } kept when kept.InitializedFields[0].RefKind != RefKind.None: OfKept(word, kept.InitializedFields[0]); break;
            case { } user when ReachesInto(word, user): break;
            case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } or ISimpleAssignmentOperation { IsRef: true } or INameOfOperation or IConditionalOperation { IsRef: true } or IExpressionStatementOperation: break;
            case IReturnOperation when ReturnsReference(word) is { } member:
                if (!marks.Has(member, Mark.SharedWord))
                    Report(word, $"is handed out by reference: mark what '{member.Name}' returns with [return: SharedWord]");
                break;
            case IAddressOfOperation address: OfAddress(word, address); break;
            case ISimpleAssignmentOperation assignment when assignment.Target == word && IsVolatile(word): break;
            case IAssignmentOperation assignment when assignment.Target == word: Report(word, "is written plainly: use Volatile.Write, or Interlocked where what was there before matters"); break;
            case IIncrementOrDecrementOperation: Report(word, "is written plainly: use Interlocked.Increment or Interlocked.Decrement"); break;
            default:
                if (!IsVolatile(word))
                    Report(word, "is read plainly: use Volatile.Read");
                break;
        }
    }

    private void OfKept(IOperation word, IFieldSymbol field)
    {
        if (!marks.Has(field, Mark.SharedWord))
            Report(word, $"is kept by reference in '{field.Name}', through which it may be touched plainly: mark that field with [SharedWord]");
    }

    // Of a block of words, what is used of it speaks for itself.
    private static bool ReachesInto(IOperation word, IOperation user) => user switch
    {
        IFieldReferenceOperation or IInlineArrayAccessOperation => true,
        IConversionOperation { Type: { } view } => Places.LeadsOn(view),
        IInvocationOperation or IPropertyReferenceOperation => word.Type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None },
        _ => Patterns.OnlyLookInto(word),
    };

    // The language reads and writes such a field as Volatile does.
    private static bool IsVolatile(IOperation word) => word is IFieldReferenceOperation { Field.IsVolatile: true };

    private void OfArgument(IOperation word, IArgumentOperation argument)
    {
        IMethodSymbol? method = argument.Parent switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };
        if (method is { Name: "AsPointer", ContainingType: { Name: "Unsafe", ContainingNamespace.Name: "CompilerServices" } })
            OfAddress(word, argument.Parent!);
        else if (method is not null && !Places.IsAtomic(method) && !Places.HandsOn(method) && !marks.Has(argument.Parameter!, Mark.SharedWord) && !Places.OnlyCompares(method))
            Report(word, $"is passed by reference to '{method.Name}', which may touch it plainly: mark its parameter with [SharedWord]");
    }

    private void OfAddress(IOperation word, IOperation address)
    {
        IOperation? user = address.Parent;
        while (user is IConversionOperation)
            user = user.Parent;
        if (user is not IArgumentOperation { Parameter: { } parameter } || !marks.Has(parameter, Mark.SharedWord))
            Report(word, "has its address taken, through which it may be touched plainly: give the address to a parameter that is marked with [SharedWord]");
    }

    private void OfStruct(IOperation place)
    {
        switch (place.Parent)
        {
            case IArgumentOperation { Parameter.RefKind: RefKind.Out }: Overwritten(place); break;
            case IFieldReferenceOperation or IInlineArrayAccessOperation or IEventReferenceOperation or IPropertyReferenceOperation or IInvocationOperation:
                if (IsCopiedForCall(place))
                    Copied(place, place.Syntax.ToString());
                break;
            case IArgumentOperation { Parameter.RefKind: not RefKind.None } or IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.IsRef: true } } or ISimpleAssignmentOperation { IsRef: true } or INameOfOperation or IAddressOfOperation or IConditionalOperation { IsRef: true } or IExpressionStatementOperation: break;
            case IReturnOperation when ReturnsReference(place) is not null: break;
            case { Kind: OperationKind.None }: break;
            case IConversionOperation { Type: { } view } when Places.LeadsOn(view): break;
            case { } when Patterns.OnlyLookInto(place): break;
            case IAssignmentOperation assignment when assignment.Target == place: Overwritten(place); break;
            default: Copied(place, place.Syntax.ToString()); break;
        }
    }

    private void Copied(IOperation operation, string name) =>
        report(Diagnostic.Create(SharedWordAccessedPlainly.Rule, operation.Syntax.GetLocation(), WordCopies.Overwrites(name) ? $"'{name}' overwrites shared words plainly: write each by Volatile or Interlocked" : $"'{name}' copies shared words plainly: read each by Volatile.Read"));

    private void Overwritten(IOperation place) =>
        report(Diagnostic.Create(SharedWordAccessedPlainly.Rule, place.Syntax.GetLocation(), $"'{place.Syntax}' holds shared words and is written as a whole: write each by Volatile or Interlocked"));

    private void Report(IOperation word, string text) =>
        report(Diagnostic.Create(SharedWordAccessedPlainly.Rule, word.Syntax.GetLocation(), $"The shared word '{word.Syntax}' {text}"));

    // The compiler calls a member that may change the struct on a copy, where the place is read-only.
    private static bool IsCopiedForCall(IOperation place) =>
        IsReadOnly(place) && place.Parent switch
        {
            IInvocationOperation { Instance: { } instance, TargetMethod: { IsReadOnly: false, IsStatic: false } } => instance == place,
            IPropertyReferenceOperation { Instance: { } instance, Property: { RefKind: RefKind.None, GetMethod.IsReadOnly: false } } => instance == place,
            _ => false,
        };

    private static bool IsReadOnly(IOperation place) => place switch
    {
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind is RefKind.In or (RefKind)4,
        ILocalReferenceOperation local => local.Local.RefKind == RefKind.RefReadOnly,
        IFieldReferenceOperation field => field.Field.IsReadOnly || (field.Instance is { Type.IsValueType: true } instance && IsReadOnly(instance)),
        IInvocationOperation call => call.TargetMethod.RefKind == RefKind.RefReadOnly,
        IPropertyReferenceOperation property => property.Property.RefKind == RefKind.RefReadOnly,
        _ => false,
    };

    private static ISymbol? ReturnsReference(IOperation operation) =>
        operation.SemanticModel?.GetEnclosingSymbol(operation.Syntax.SpanStart) switch
        {
            IMethodSymbol { RefKind: not RefKind.None } method => method.AssociatedSymbol ?? method,
            IPropertySymbol { RefKind: not RefKind.None } property => property,
            _ => null,
        };
}
