using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Tells which place of guest-writable memory an expression denotes, so that two reads of one place are seen to be that.</summary>
/// <remarks>
/// A place is written as a text: what it begins at, and the way on from there. Variables in it stand in braces, so that an
/// assignment to one of them is seen to make another place of it: what it begins at is <c>{r:name}</c>, a variable on the way
/// <c>{l:name}</c>, and a field there, which calls may change too, <c>{f:name}</c>.
/// </remarks>
/// <param name="memory">Where such memory begins.</param>
/// <param name="captures">What the graph has set aside under a number.</param>
/// <param name="model">The meaning of the code.</param>
internal sealed class GuestPlaces(GuestMemory memory, IReadOnlyDictionary<CaptureId, IOperation> captures, SemanticModel model)
{
    /// <summary>Gets the place that an expression denotes in such memory, or null when it denotes none.</summary>
    /// <param name="operation">The expression.</param>
    public string? PlaceOf(IOperation? operation) => operation switch
    {
        null => null,
        IFlowCaptureReferenceOperation capture => captures.TryGetValue(capture.Id, out IOperation? kept) ? PlaceOf(kept) : null,
        _ when memory.IsRoot(operation) => RootOf(operation),
        IFieldReferenceOperation { Instance: { } instance } field => Places.IsPrivate(instance) ? null : After(PlaceOf(instance), $".{field.Field.Name}"),
        IPropertyReferenceOperation { Instance: { } instance } property => OfProperty(property, instance),
        IImplicitIndexerReferenceOperation indexer => After(PlaceOf(indexer.Instance), $"[{Component(indexer.Argument)}]"),
        IInlineArrayAccessOperation element => After(PlaceOf(element.Instance), $"[{Component(element.Argument)}]"),
        IArrayElementReferenceOperation element => After(PlaceOf(element.ArrayReference), Indices(element.Indices)),
        IInvocationOperation call => OfCall(call),
        IObjectCreationOperation { Arguments.Length: > 0 } made when Places.LeadsOn(made.Type!) => After(PlaceOf(made.Arguments[0].Value), "[]"),
        ILocalReferenceOperation local => OfLocal(local),
        IConversionOperation conversion => GuestMemory.IsView(conversion.Type) && GuestMemory.IsView(conversion.Operand.Type) ? PlaceOf(conversion.Operand) : null,
        IAddressOfOperation address => PlaceOf(address.Reference),
        IBinaryOperation { Type: IPointerTypeSymbol } sum => After(PlaceOf(sum.LeftOperand), $"+{Component(sum.RightOperand)}"),
        { Kind: OperationKind.None } => OfDereference(operation),
        _ => null,
    };

    /// <summary>Gets whether an expression is a reference, a pointer or a view, whose value leads to such memory and is not in it.</summary>
    public bool IsLead(IOperation operation) => operation switch
    {
        IFlowCaptureReferenceOperation capture => captures.TryGetValue(capture.Id, out IOperation? kept) && IsLead(kept),
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind == RefKind.None,
        IFieldReferenceOperation field => memory.IsMarked(field.Field) && GuestMemory.IsView(field.Field.Type),
        IPropertyReferenceOperation property => property.Property.RefKind == RefKind.None && GuestMemory.IsView(property.Type) && !property.Property.IsIndexer,
        IImplicitIndexerReferenceOperation or IObjectCreationOperation => GuestMemory.IsView(operation.Type),
        IInvocationOperation call => call.TargetMethod.RefKind == RefKind.None && GuestMemory.IsView(call.Type),
        ILocalReferenceOperation local => !local.Local.IsRef,
        IConversionOperation or IAddressOfOperation or IBinaryOperation => true,
        _ => false,
    };

    /// <summary>Gets the place of a member of a struct that lies in such memory.</summary>
    /// <param name="place">The struct.</param>
    /// <param name="member">The member.</param>
    public static string MemberOf(string place, string member) => $"{place}.{member}";

    /// <summary>Names a variable, so that it is told from others of its name.</summary>
    public static string NameOf(ISymbol variable) => $"{variable.Name}@{(variable.Locations.FirstOrDefault()?.SourceSpan.Start ?? 0).ToString(CultureInfo.InvariantCulture)}";

    private string RootOf(IOperation root) => root switch
    {
        IParameterReferenceOperation parameter => $"{{r:{NameOf(parameter.Parameter)}}}",
        IFieldReferenceOperation field => $"{Receiver(field.Instance)}{{r:{field.Field.Name}}}",
        IPropertyReferenceOperation property => $"{Receiver(property.Instance)}{{r:{property.Property.Name}}}{Indices(property.Arguments.Select(a => a.Value))}",
        IInvocationOperation call => $"{Receiver(call.Instance)}{{r:{call.TargetMethod.Name}}}{Inputs(call)}",
        _ => Unlike(root),
    };

    private string Receiver(IOperation? instance) => instance is null or IInstanceReferenceOperation ? "" : Component(instance);

    private static string? After(string? place, string step) => place is null ? null : place + step;

    // What a property of a struct computes is taken for a place of its own.
    private string? OfProperty(IPropertyReferenceOperation property, IOperation instance)
    {
        bool isInPlace = property.Property.RefKind != RefKind.None || property.Property.IsIndexer || GuestMemory.IsView(property.Type) || (instance.Type is { } type && !GuestMemory.IsView(type));
        return isInPlace ? After(PlaceOf(instance), $".{property.Property.Name}{(property.Arguments.IsEmpty ? "" : Indices(property.Arguments.Select(a => a.Value)))}") : null;
    }

    private string? OfCall(IInvocationOperation call)
    {
        if (Places.HandsOn(call.TargetMethod) || HandsViewOn(call))
            return After(PlaceOf(call.Arguments[0].Value), call.Arguments.Length > 1 ? $"[+{string.Join(",", call.Arguments.Skip(1).Select(a => Component(a.Value)))}]" : "");
        return call.Instance is { Type: { } type } instance && !call.TargetMethod.ReturnsVoid && GuestMemory.IsView(type) ? After(PlaceOf(instance), $".{call.TargetMethod.Name}{Inputs(call)}") : null;
    }

    // A method of the framework that makes a view of a view: the same memory, seen as something else.
    private static bool HandsViewOn(IInvocationOperation call) =>
        call is { Instance: null, Arguments.Length: > 0, TargetMethod.ContainingType: { Name: "MemoryMarshal" or "MemoryExtensions" } } && (GuestMemory.IsView(call.Type) || call.TargetMethod.RefKind != RefKind.None);

    // A pointer or a span may be moved on, a reference rarely is.
    private string? OfLocal(ILocalReferenceOperation local)
    {
        if (!(local.Local.IsRef || Places.LeadsOn(local.Local.Type)))
            return null;
        if (EachOf(local) is { } each)
            return After(PlaceOf(each), $"[]{{l:{NameOf(local.Local)}}}");
        return Places.InitializerOf(local, model) is { } first ? After(PlaceOf(first), local.Local.IsRef ? "" : $"{{l:{NameOf(local.Local)}}}") : null;
    }

    // What a loop goes through, when the variable is the loop's.
    private IOperation? EachOf(ILocalReferenceOperation local) =>
        local.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is ForEachStatementSyntax loop && loop.Expression.Span.End < local.Syntax.SpanStart ? model.GetOperation(loop.Expression) : null;

    private string? OfDereference(IOperation operation)
    {
        IOperation[] children = [.. operation.ChildOperations];
        if (children.Length > 1 && operation.Syntax is ElementAccessExpressionSyntax)
            return After(PlaceOf(children[0]), Indices(children.Skip(1)));
        if (children.Length == 0 || !Places.IsDereference(operation.Syntax))
            return null;
        return children[0] is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type: IPointerTypeSymbol } sum ? After(PlaceOf(sum.LeftOperand), $"[{Component(sum.RightOperand)}]") : After(PlaceOf(children[0]), "[0]");
    }

    // What a call writes into is no part of where it reads.
    private string Inputs(IInvocationOperation call) => Indices(call.Arguments.Where(a => a.Parameter is { RefKind: not (RefKind.Out or RefKind.Ref), Type: not INamedTypeSymbol { Name: "Span", ContainingNamespace.Name: "System" } }).Select(a => a.Value));

    private string Indices(IEnumerable<IOperation> indices) => $"[{string.Join(",", indices.Select(Component))}]";

    // A part of the way that is not memory of the guest's: an index, an offset, the object that a member belongs to.
    private string Component(IOperation operation) => operation switch
    {
        { ConstantValue: { HasValue: true, Value: var value } } => $"{value}",
        IFlowCaptureReferenceOperation capture => captures.TryGetValue(capture.Id, out IOperation? kept) ? Component(kept) : Unlike(operation),
        ILocalReferenceOperation local => $"{{l:{NameOf(local.Local)}}}",
        IParameterReferenceOperation parameter => $"{{l:{NameOf(parameter.Parameter)}}}",
        IInstanceReferenceOperation => "this",
        IFieldReferenceOperation field => $"{Receiver(field.Instance)}{(field.Field.IsReadOnly ? $".{field.Field.Name}" : $"{{f:{field.Field.Name}}}")}",
        IPropertyReferenceOperation property => $"{Receiver(property.Instance)}{{f:{property.Property.Name}}}{Indices(property.Arguments.Select(a => a.Value))}",
        IInvocationOperation { TargetMethod.RefKind: not RefKind.None } call => $"{Receiver(call.Instance)}.{call.TargetMethod.Name}{Inputs(call)}",
        IArrayElementReferenceOperation element => $"{Component(element.ArrayReference)}{Indices(element.Indices)}",
        IInlineArrayAccessOperation element => $"{Component(element.Instance)}[{Component(element.Argument)}]",
        IConversionOperation conversion => Component(conversion.Operand),
        IBinaryOperation binary => $"({Component(binary.LeftOperand)} {binary.OperatorKind} {Component(binary.RightOperand)})",
        IUnaryOperation unary => $"({unary.OperatorKind} {Component(unary.Operand)})",
        IRangeOperation range => $"{(range.LeftOperand is { } left ? Component(left) : "")}..{(range.RightOperand is { } right ? Component(right) : "")}",
        IObjectCreationOperation { Initializer: null } made => $"new {made.Type?.Name}{Indices(made.Arguments.Select(a => a.Value))}",
        { Kind: OperationKind.None } when Places.IsDereference(operation.Syntax) => $"*{Indices(operation.ChildOperations)}",
        _ => Unlike(operation),
    };

    private static string Unlike(IOperation operation) => $"?{operation.Syntax.SpanStart}";
}
