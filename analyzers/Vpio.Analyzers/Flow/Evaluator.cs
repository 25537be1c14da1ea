using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Knowledge;

namespace Vpio.Analyzers.Flow;

/// <summary>Runs the operations of one block on one path.</summary>
internal sealed partial class Evaluator(TypeAnalysis analysis, Frame frame, GraphWalk walk)
{
    private static readonly Value ThisValue = new ReferenceValue(DeviceSet.Of(ThisIdentity.Instance));

    private PathState _state = new(Hold.None);
    private Choices _choices = new();
    private bool _interrupted;

    // Which of several devices that one call means all at once is looked at.
    private int _part;

    /// <summary>Starts on a block.</summary>
    public void Start(PathState state, Choices choices)
    {
        _state = state;
        _choices = choices;
        _interrupted = false;
    }

    /// <summary>Gets whether the block was run with the device held from its start on, without a poll.</summary>
    public bool HeldAndUnpolled(PathState entry) => entry.Hold.Kind == HoldKind.Held && _state.Hold.Kind == HoldKind.Held && !_interrupted;

    // A poll, or the end of a hold: no cycle that comes by here keeps the device without looking.
    private void Interrupt()
    {
        _interrupted = true;
        _state.Interrupted = true;
    }

    /// <summary>Runs one operation.</summary>
    /// <returns>What is known of its value.</returns>
    public Value Evaluate(IOperation? operation)
    {
        if (operation is null || _state.Ended)
            return Value.Unknown;
        if (operation.ConstantValue is { HasValue: true } constant)
            return new ConstantValue(constant.Value);
        return operation.Kind switch
        {
            OperationKind.ExpressionStatement => Evaluate(((IExpressionStatementOperation)operation).Operation),
            OperationKind.Parenthesized => Evaluate(((IParenthesizedOperation)operation).Operand),
            OperationKind.LocalReference => ReadVariable(((ILocalReferenceOperation)operation).Local, operation),
            OperationKind.ParameterReference => ReadParameter((IParameterReferenceOperation)operation),
            OperationKind.InstanceReference => This,
            OperationKind.FieldReference => ReadField((IFieldReferenceOperation)operation),
            OperationKind.PropertyReference => AccessProperty((IPropertyReferenceOperation)operation),
            OperationKind.EventReference => AccessEvent((IEventReferenceOperation)operation),
            OperationKind.ArrayElementReference => ReadElement((IArrayElementReferenceOperation)operation),
            OperationKind.ImplicitIndexerReference => ReadImplicit((IImplicitIndexerReferenceOperation)operation),
            OperationKind.FlowCapture => Capture((IFlowCaptureOperation)operation),
            OperationKind.FlowCaptureReference => _state[((IFlowCaptureReferenceOperation)operation).Id] ?? Value.Unknown,
            OperationKind.IsNull => IsNull((IIsNullOperation)operation),
            OperationKind.Invocation => Invoke((IInvocationOperation)operation),
            OperationKind.ObjectCreation when IsDefault((IObjectCreationOperation)operation) => Default(operation),
            OperationKind.ObjectCreation => Create((IObjectCreationOperation)operation),
            OperationKind.SimpleAssignment => Assign((ISimpleAssignmentOperation)operation),
            OperationKind.CompoundAssignment => CompoundAssign((ICompoundAssignmentOperation)operation),
            OperationKind.Increment or OperationKind.Decrement => Increment((IIncrementOrDecrementOperation)operation),
            OperationKind.DeconstructionAssignment => Deconstruct((IDeconstructionAssignmentOperation)operation),
            OperationKind.EventAssignment => AssignEvent((IEventAssignmentOperation)operation),
            OperationKind.Unary => Unary((IUnaryOperation)operation),
            OperationKind.Binary => Binary((IBinaryOperation)operation),
            OperationKind.Conversion => Convert((IConversionOperation)operation),
            OperationKind.IsPattern => MatchPattern((IIsPatternOperation)operation),
            OperationKind.IsType => IsType((IIsTypeOperation)operation),
            OperationKind.DelegateCreation => CreateDelegate((IDelegateCreationOperation)operation),
            OperationKind.FlowAnonymousFunction => new CodeValue(operation, ((IFlowAnonymousFunctionOperation)operation).Symbol, null),
            OperationKind.MethodReference => Method((IMethodReferenceOperation)operation),
            OperationKind.Await => Await((IAwaitOperation)operation),
            OperationKind.Tuple => new TupleValue(((ITupleOperation)operation).Elements.Select(Evaluate).ToImmutableArray()),
            OperationKind.DefaultValue => Default(operation),
            OperationKind.DeclarationExpression => Evaluate(((IDeclarationExpressionOperation)operation).Expression),
            OperationKind.YieldReturn => Yield((IReturnOperation)operation),
            OperationKind.Return => Evaluate(((IReturnOperation)operation).ReturnedValue),
            OperationKind.Throw => Evaluate(((IThrowOperation)operation).Exception),
            OperationKind.Discard or OperationKind.NameOf or OperationKind.TypeOf or OperationKind.SizeOf => Value.Unknown,
            OperationKind.Invalid when WellKnown.LockEntered(operation) is { } statement => EnterLock(operation, statement),
            OperationKind.None => Other(operation),
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

    private Value ReadImplicit(IImplicitIndexerReferenceOperation operation) =>
        Element(Evaluate(operation.Instance), [Evaluate(operation.Argument)], ImmutableArray.Create(operation.Argument), operation);

    private CodeValue Method(IMethodReferenceOperation operation) =>
        new(operation, operation.Method, operation.Instance is null ? null : Evaluate(operation.Instance));

    private Value Children(IOperation operation)
    {
        Value last = Value.Unknown;
        foreach (IOperation child in operation.ChildOperations)
            last = Evaluate(child);
        return last is DataValue && operation.ChildOperations.Count == 1 ? last : Value.Unknown;
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

    private Value EnterLock(IOperation operation, LockStatementSyntax statement)
    {
        Value value = Children(operation);
        Block(statement.Expression, statement.LockKeyword.GetLocation());
        return value;
    }

    private Value Capture(IFlowCaptureOperation operation)
    {
        // A capture may be the target of an assignment: what it stands for is looked up there.
        Value value = Evaluate(operation.Value);
        _state.Set(operation.Id, value);
        return value;
    }

    // A struct without a constructor of its own is made of zeros.
    private static bool IsDefault(IObjectCreationOperation operation) =>
        operation is { Type.IsValueType: true, Arguments.IsEmpty: true, Initializer: null } && operation.Constructor is null or { IsImplicitlyDeclared: true };

    private Value Default(IOperation operation) => operation.Type switch
    {
        { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => ConstantValue.Null,
        { } type when analysis.Contracts.TraitsOf(type).Scoped => new HandleValue(DeviceSet.Of(new FreshIdentity(operation.Syntax, NameOfEmpty(operation.Syntax))), operation.Syntax, Acquired: false),
        _ => Value.Unknown,
    };

    private static string NameOfEmpty(SyntaxNode value) =>
        value.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } ? variable.Identifier.ValueText : value.ToString();

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
            return operation.Type is null || operation.Type.SpecialType == SpecialType.System_Void ? Value.Unknown : Result(operation.Type, operation.Syntax);
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
