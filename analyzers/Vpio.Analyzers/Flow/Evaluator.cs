using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.Flow;

/// <summary>Runs the operations of one block on one path.</summary>
internal sealed partial class Evaluator(TypeAnalysis analysis, Frame frame, GraphWalk walk)
{
    private PathState _state = new(Hold.None);
    private Choices _choices = new();
    private bool _interrupted;

    /// <summary>Starts on a block.</summary>
    public void Start(PathState state, Choices choices)
    {
        _state = state;
        _choices = choices;
        _interrupted = false;
    }

    /// <summary>Gets whether the block was run with the device held from its start on, without a poll.</summary>
    public bool HeldAndUnpolled(PathState entry) => entry.Hold.Kind == HoldKind.Held && _state.Hold.Kind == HoldKind.Held && !_interrupted;

    /// <summary>Runs one operation.</summary>
    /// <returns>What is known of its value.</returns>
    public Value Evaluate(IOperation? operation)
    {
        if (operation is null || _state.Ended)
            return Value.Unknown;
        if (operation.ConstantValue is { HasValue: true } constant)
            return new ConstantValue(constant.Value);
        return operation switch
        {
            IExpressionStatementOperation o => Evaluate(o.Operation),
            IParenthesizedOperation o => Evaluate(o.Operand),
            ILocalReferenceOperation o => ReadVariable(o.Local, o),
            IParameterReferenceOperation o => ReadVariable(o.Parameter, o),
            IInstanceReferenceOperation => _state[Slots.This] ?? new ReferenceValue(DeviceSet.Of(ThisIdentity.Instance)),
            IFieldReferenceOperation o => ReadField(o),
            IPropertyReferenceOperation o => AccessProperty(o),
            IEventReferenceOperation o => AccessEvent(o),
            IArrayElementReferenceOperation o => ReadElement(o),
            IImplicitIndexerReferenceOperation o => Element(Evaluate(o.Instance), [Evaluate(o.Argument)], ImmutableArray.Create(o.Argument), o),
            IFlowCaptureOperation o => Capture(o),
            IFlowCaptureReferenceOperation o => _state[o.Id] ?? Value.Unknown,
            IIsNullOperation o => IsNull(o),
            IInvocationOperation o => Invoke(o),
            IObjectCreationOperation o => Create(o),
            ISimpleAssignmentOperation o => Assign(o),
            ICompoundAssignmentOperation o => CompoundAssign(o),
            IIncrementOrDecrementOperation o => Increment(o),
            IDeconstructionAssignmentOperation o => Deconstruct(o),
            IEventAssignmentOperation o => AssignEvent(o),
            IUnaryOperation o => Unary(o),
            IBinaryOperation o => Binary(o),
            IConversionOperation o => Convert(o),
            IIsPatternOperation o => MatchPattern(o),
            IIsTypeOperation o => Opaque(o.Syntax, Evaluate(o.ValueOperand).Origin),
            IDelegateCreationOperation o => CreateDelegate(o),
            IFlowAnonymousFunctionOperation o => new CodeValue(o, o.Symbol, null),
            IMethodReferenceOperation o => new CodeValue(o, o.Method, o.Instance is null ? null : Evaluate(o.Instance)),
            IAwaitOperation o => Await(o),
            ITupleOperation o => new TupleValue(o.Elements.Select(Evaluate).ToImmutableArray()),
            IDefaultValueOperation o => Default(o),
            IDeclarationExpressionOperation o => Evaluate(o.Expression),
            IDiscardOperation => Value.Unknown,
            IReturnOperation o => o.Kind == OperationKind.YieldReturn ? Yield(o) : Evaluate(o.ReturnedValue),
            IThrowOperation o => Evaluate(o.Exception),
            INameOfOperation or ITypeOfOperation or ISizeOfOperation => Value.Unknown,
            _ when operation.Kind == OperationKind.None => Other(operation),
            _ => Children(operation),
        };
    }

    /// <summary>Ends the member with a result.</summary>
    public void Return(Value value, IOperation operation)
    {
        NoteTested(value);
        EscapeOf(value, Unwrap(operation).Syntax);
        if (value is CodeValue code)
            Escape(code);
        if (frame.Contract.CallerOwns && value is HandleValue handle)
            GiveAway(handle);
        _state.Set(Slots.Return, value);
    }

    private Value Children(IOperation operation)
    {
        Value last = Value.Unknown;
        Value? only = null;
        int count = 0;
        foreach (IOperation child in operation.ChildOperations)
        {
            last = Evaluate(child);
            only = last;
            count++;
        }

        return count == 1 && only is DataValue ? only : Value.Unknown;
    }

    // Roslyn has no public operation for what a pointer points to.
    private Value Other(IOperation operation)
    {
        Value value = Value.Unknown;
        foreach (IOperation child in operation.ChildOperations)
        {
            Value v = Evaluate(child);
            if (v is ViewValue)
                value = v;
        }

        bool dereference = operation.Syntax is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PointerIndirectionExpression } or ElementAccessExpressionSyntax ||
            (operation.Syntax is MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.PointerMemberAccessExpression });
        if (dereference && value is ViewValue view)
        {
            UseView(view, operation.Syntax);
            return new DataValue(view.Devices, Stale: false);
        }

        return value;
    }

    private Value Capture(IFlowCaptureOperation operation)
    {
        // A capture may be the target of an assignment: what it stands for is looked up there.
        Value value = Evaluate(operation.Value);
        _state.Set(operation.Id, value);
        return value;
    }

    private Value Default(IDefaultValueOperation operation) => operation.Type switch
    {
        { IsReferenceType: true } => ConstantValue.Null,
        { } type when analysis.Contracts.TraitsOf(type).Scoped => new HandleValue(DeviceSet.Of(new FreshIdentity(operation.Syntax, "an empty scope")), operation.Syntax, Acquired: false),
        _ => Value.Unknown,
    };

    private Value Yield(IReturnOperation operation)
    {
        Value value = Evaluate(operation.ReturnedValue);
        NoteTested(value);
        SyntaxNode syntax = operation.Syntax;
        Location? where = syntax is YieldStatementSyntax yield
            ? Location.Create(yield.SyntaxTree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(yield.YieldKeyword.SpanStart, yield.ReturnOrBreakKeyword.Span.End))
            : null;
        Suspend(syntax, where);
        return Value.Unknown;
    }

    private Value Await(IAwaitOperation operation)
    {
        Value value = Evaluate(operation.Operation);
        if (_state.Ended)
            return value;
        bool ownDispose = operation.IsImplicit && Unwrap(operation.Operation) is IInvocationOperation { TargetMethod.Name: "DisposeAsync" } dispose &&
            dispose.Instance?.Type is { } type && analysis.Contracts.TraitsOf(type).Scoped;
        if (!ownDispose)
            Suspend(operation.Syntax, AwaitLocation(operation));
        MayThrow();
        if (value is PendingTryValue tried)
            return TryAcquire(tried.Clause, tried.Devices, [], tried.Site, tried.Result, receiver: null);
        if (value is not PendingValue pending)
            return operation.Type is null || operation.Type.SpecialType == SpecialType.System_Void ? Value.Unknown : Result(operation.Type, operation.Syntax, operation.Syntax.ToString());
        return Acquire(pending.Devices, pending.Site, pending.Result, receiver: null, shared: false, reentrant: false);
    }

    private static Location? AwaitLocation(IAwaitOperation operation)
    {
        if (operation.Syntax.FirstAncestorOrSelf<CommonForEachStatementSyntax>() is { AwaitKeyword.RawKind: not 0 } each && operation.IsImplicit)
            return Location.Create(each.SyntaxTree, Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(each.AwaitKeyword.SpanStart, each.ForEachKeyword.Span.End));
        return null;
    }

    private static IOperation Unwrap(IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation { OperatorMethod: null } conversion: operation = conversion.Operand; break;
                case IParenthesizedOperation parenthesized: operation = parenthesized.Operand; break;
                default: return operation;
            }
        }
    }

    // `p?.W(0, 1)`: the call is meant as written from p on.
    private static SyntaxNode Written(SyntaxNode syntax)
    {
        SyntaxNode first = syntax;
        while (true)
        {
            switch (first)
            {
                case InvocationExpressionSyntax invocation: first = invocation.Expression; continue;
                case MemberAccessExpressionSyntax member: first = member.Expression; continue;
                case ElementAccessExpressionSyntax element: first = element.Expression; continue;
                case MemberBindingExpressionSyntax or ElementBindingExpressionSyntax:
                    return first.Ancestors().OfType<ConditionalAccessExpressionSyntax>().FirstOrDefault(a => a.WhenNotNull.Span.Contains(first.Span)) ?? syntax;
                default:
                    return syntax;
            }
        }
    }
}
