using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Contracts;
using Vpio.Analyzers.Flow;

namespace Vpio.Analyzers;

/// <summary>Looks through one body once.</summary>
internal sealed class BodySurvey(ContractTable contracts) : OperationWalker
{
    public bool IsBroken { get; private set; }

    public bool MentionsDevices { get; private set; }

    // A body that calls private members may deal with devices through them.
    public bool Matters => MentionsDevices || _callsPrivate;

    // Most members deal with one device: to begin with it saves a look at the member without one.
    public Identity? Guess { get; private set; }

    public HashSet<ISymbol> HandedOut { get; } = new(SymbolEqualityComparer.Default);

    public HashSet<ISymbol> Written { get; } = new(SymbolEqualityComparer.Default);

    private bool _callsPrivate;

    public override void DefaultVisit(IOperation operation)
    {
        IsBroken |= operation.Kind == OperationKind.Invalid;
        base.DefaultVisit(operation);
    }

    public override void VisitInvocation(IInvocationOperation operation)
    {
        Mention(operation.TargetMethod, operation.Instance);
        _callsPrivate |= operation.TargetMethod.DeclaredAccessibility == Accessibility.Private;
        if (operation.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
            Mention(operation.TargetMethod.ContainingType);
        base.VisitInvocation(operation);
    }

    public override void VisitPropertyReference(IPropertyReferenceOperation operation)
    {
        Mention(operation.Property, operation.Instance);
        _callsPrivate |= operation.Property.DeclaredAccessibility == Accessibility.Private;
        base.VisitPropertyReference(operation);
    }

    public override void VisitEventReference(IEventReferenceOperation operation)
    {
        Mention(operation.Event);
        base.VisitEventReference(operation);
    }

    public override void VisitObjectCreation(IObjectCreationOperation operation)
    {
        if (operation.Constructor is { } constructor)
            Mention(constructor);
        base.VisitObjectCreation(operation);
    }

    public override void VisitBinaryOperator(IBinaryOperation operation)
    {
        Mention(operation.OperatorMethod);
        base.VisitBinaryOperator(operation);
    }

    public override void VisitUnaryOperator(IUnaryOperation operation)
    {
        Mention(operation.OperatorMethod);
        base.VisitUnaryOperator(operation);
    }

    public override void VisitConversion(IConversionOperation operation)
    {
        Mention(operation.OperatorMethod);
        base.VisitConversion(operation);
    }

    public override void VisitIncrementOrDecrement(IIncrementOrDecrementOperation operation)
    {
        Mention(operation.OperatorMethod);
        Write(operation.Target);
        base.VisitIncrementOrDecrement(operation);
    }

    public override void VisitCompoundAssignment(ICompoundAssignmentOperation operation)
    {
        Mention(operation.OperatorMethod);
        Write(operation.Target);
        base.VisitCompoundAssignment(operation);
    }

    public override void VisitCoalesceAssignment(ICoalesceAssignmentOperation operation)
    {
        Write(operation.Target);
        base.VisitCoalesceAssignment(operation);
    }

    public override void VisitDeconstructionAssignment(IDeconstructionAssignmentOperation operation)
    {
        Write(operation.Target);
        base.VisitDeconstructionAssignment(operation);
    }

    public override void VisitAddressOf(IAddressOfOperation operation)
    {
        Write(operation.Reference);
        base.VisitAddressOf(operation);
    }

    public override void VisitFieldReference(IFieldReferenceOperation operation)
    {
        WriteLater(operation);
        base.VisitFieldReference(operation);
    }

    public override void VisitParameterReference(IParameterReferenceOperation operation)
    {
        WriteLater(operation);
        base.VisitParameterReference(operation);
    }

    public override void VisitLocalFunction(ILocalFunctionOperation operation)
    {
        Contract contract = contracts.Of(operation.Symbol);
        MentionsDevices |= contract.Speaks || !contract.Malformations.IsEmpty;
        base.VisitLocalFunction(operation);
    }

    public override void VisitMethodReference(IMethodReferenceOperation operation)
    {
        Mention(operation.Method);
        HandedOut.Add(operation.Method.OriginalDefinition);
        base.VisitMethodReference(operation);
    }

    public override void VisitVariableDeclarator(IVariableDeclaratorOperation operation)
    {
        MentionCopy(operation.Symbol.Type);
        base.VisitVariableDeclarator(operation);
    }

    public override void VisitSimpleAssignment(ISimpleAssignmentOperation operation)
    {
        MentionCopy(operation.Type);
        Write(operation.Target);
        base.VisitSimpleAssignment(operation);
    }

    public override void VisitArgument(IArgumentOperation operation)
    {
        if (operation.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
            Write(operation.Value);
        MentionCopy(operation.Value.Type);
        base.VisitArgument(operation);
    }

    private void Write(IOperation target)
    {
        if (target is IFieldReferenceOperation { Field: var field })
            Written.Add(field.OriginalDefinition);
        else if (target is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } parameter })
            Written.Add(parameter);
        foreach (IOperation element in target is ITupleOperation tuple ? tuple.Elements : ImmutableArray<IOperation>.Empty)
            Write(element);
    }

    // Who has a reference may write through it at any time.
    private void WriteLater(IOperation operation)
    {
        if (operation.Syntax.Parent is RefExpressionSyntax)
            Write(operation);
    }

    private void Mention(ISymbol symbol, IOperation? receiver)
    {
        Mention(symbol);
        if (Guess is null && receiver is not null && contracts.Of(symbol).Speaks)
            Guess = receiver switch
            {
                IFieldReferenceOperation { Instance: null } field => new MemberIdentity(null, field.Field),
                IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field => new MemberIdentity(ThisIdentity.Instance, field.Field),
                IParameterReferenceOperation { Parameter: { ContainingSymbol: not IMethodSymbol { MethodKind: MethodKind.Constructor } } } parameter => new VariableIdentity(parameter.Parameter),
                IInstanceReferenceOperation => ThisIdentity.Instance,
                _ => null,
            };
    }

    private void Mention(ISymbol? symbol) => MentionsDevices = MentionsDevices || (symbol is not null && MentionsIn(symbol));

    // To copy a handle is wrong even where nothing is called on it.
    private void MentionCopy(ITypeSymbol? type) =>
        MentionsDevices = MentionsDevices || (type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } && contracts.TraitsOf(type).NonCopyable);

    private bool MentionsIn(ISymbol symbol) => contracts.Of(symbol).Speaks || (symbol.ContainingType is { } type && contracts.TraitsOf(type) is { View: true } or { Scoped: true });
}
