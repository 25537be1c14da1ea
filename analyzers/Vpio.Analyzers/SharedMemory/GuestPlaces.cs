using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Tells which place of guest-writable memory an expression denotes, so that two reads of one place are seen to be that.</summary>
/// <remarks>
/// A place is written as a text: what it begins at, and the way on from there. Variables in it stand in braces, so that an
/// assignment to one of them is seen to make another place of it; a field that calls may change is <c>{f:name}</c>.
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
        IInvocationOperation call => OfCall(call),
        IArrayElementReferenceOperation element => After(PlaceOf(element.ArrayReference), Indices(element.Indices)),
        ILocalReferenceOperation local => OfLocal(local),
        IConversionOperation conversion when GuestMemory.IsView(conversion.Type) => PlaceOf(conversion.Operand),
        IAddressOfOperation address => PlaceOf(address.Reference),
        IBinaryOperation { Type: IPointerTypeSymbol } sum => After(PlaceOf(sum.LeftOperand), $"+{Component(sum.RightOperand)}"),
        { Kind: OperationKind.None } => OfDereference(operation),
        _ => null,
    };

    /// <summary>Gets whether an expression is a reference, a pointer or a view, whose value leads to such memory and is not in it.</summary>
    public bool IsLead(IOperation operation) => operation switch
    {
        IFlowCaptureReferenceOperation => false,
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind == RefKind.None,
        IFieldReferenceOperation field => memory.IsMarked(field.Field) && GuestMemory.IsView(field.Field.Type),
        IPropertyReferenceOperation property => property.Property.RefKind == RefKind.None && GuestMemory.IsView(property.Type) && !property.Property.IsIndexer,
        IInvocationOperation call => call.TargetMethod.RefKind == RefKind.None && GuestMemory.IsView(call.Type),
        ILocalReferenceOperation local => !local.Local.IsRef,
        IConversionOperation or IAddressOfOperation or IBinaryOperation => true,
        _ => false,
    };

    private string RootOf(IOperation root) => root switch
    {
        IParameterReferenceOperation parameter => $"{{l:{parameter.Parameter.Name}}}",
        IFieldReferenceOperation field => $"{Receiver(field.Instance)}{{r:{field.Field.Name}}}",
        IPropertyReferenceOperation property => $"{Receiver(property.Instance)}{{r:{property.Property.Name}}}{Indices(property.Arguments.Select(a => a.Value))}",
        IInvocationOperation call => $"{Receiver(call.Instance)}{{r:{call.TargetMethod.Name}}}{Indices(call.Arguments.Where(a => a.Parameter?.RefKind is not (RefKind.Out or RefKind.Ref) && !IsDestination(a)).Select(a => a.Value))}",
        _ => Unlike(root),
    };

    // What a copy is put into is no part of where it comes from.
    private static bool IsDestination(IArgumentOperation argument) => argument.Parameter?.Type is INamedTypeSymbol { Name: "Span", ContainingNamespace.Name: "System" };

    private string Receiver(IOperation? instance) => instance is null or IInstanceReferenceOperation ? "" : Component(instance);

    private static string? After(string? place, string step) => place is null ? null : place + step;

    private string? OfProperty(IPropertyReferenceOperation property, IOperation instance)
    {
        bool leadsOn = property.Property.RefKind != RefKind.None || property.Property.IsIndexer || GuestMemory.IsView(property.Type);
        return leadsOn ? After(PlaceOf(instance), $".{property.Property.Name}{Indices(property.Arguments.Select(a => a.Value))}") : null;
    }

    private string? OfCall(IInvocationOperation call)
    {
        if (Places.HandsOn(call.TargetMethod))
            return After(PlaceOf(call.Arguments[0].Value), call.Arguments.Length > 1 ? $"+{Component(call.Arguments[1].Value)}" : "");
        return call.Instance is { } instance && !call.TargetMethod.ReturnsVoid && IsLeadOrPlace(instance)
            ? After(PlaceOf(instance), $".{call.TargetMethod.Name}{Indices(call.Arguments.Where(a => a.Parameter?.RefKind is not (RefKind.Out or RefKind.Ref) && !IsDestination(a)).Select(a => a.Value))}")
            : null;
    }

    private bool IsLeadOrPlace(IOperation instance) => PlaceOf(instance) is not null && instance.Type is { } type && GuestMemory.IsView(type);

    // A pointer may be moved on, a reference rarely is.
    private string? OfLocal(ILocalReferenceOperation local)
    {
        if (!(local.Local.IsRef || Places.LeadsOn(local.Local.Type)) || Places.InitializerOf(local, model) is not { } first || PlaceOf(first) is not { } place)
            return null;
        return local.Local.IsRef ? place : $"{place}{{l:{local.Local.Name}}}";
    }

    private string? OfDereference(IOperation operation)
    {
        IOperation[] children = [.. operation.ChildOperations];
        if (children.Length > 1 && operation.Syntax is ElementAccessExpressionSyntax)
            return After(PlaceOf(children[0]), Indices(children.Skip(1)));
        return children.Length > 0 && Places.IsDereference(operation.Syntax) ? PlaceOf(children[0]) : null;
    }

    private string Indices(IEnumerable<IOperation> indices) => $"[{string.Join(",", indices.Select(i => Component(i)))}]";

    // A part of the way that is not memory of the guest's: an index, an offset, the object that a member belongs to.
    private string Component(IOperation operation) => operation switch
    {
        { ConstantValue: { HasValue: true, Value: var value } } => $"{value}",
        IFlowCaptureReferenceOperation capture => captures.TryGetValue(capture.Id, out IOperation? kept) ? Component(kept) : Unlike(operation),
        ILocalReferenceOperation local => $"{{l:{local.Local.Name}}}",
        IParameterReferenceOperation parameter => $"{{l:{parameter.Parameter.Name}}}",
        IInstanceReferenceOperation => "this",
        IFieldReferenceOperation field => $"{Receiver(field.Instance)}{(field.Field.IsReadOnly ? $".{field.Field.Name}" : $"{{f:{field.Field.Name}}}")}",
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => $"{Receiver(property.Instance)}{{f:{property.Property.Name}}}",
        IConversionOperation conversion => Component(conversion.Operand),
        IBinaryOperation binary => $"({Component(binary.LeftOperand)} {binary.OperatorKind} {Component(binary.RightOperand)})",
        IUnaryOperation unary => $"({unary.OperatorKind} {Component(unary.Operand)})",
        IObjectCreationOperation { Initializer: null } made => $"new {made.Type?.Name}{Indices(made.Arguments.Select(a => a.Value))}",
        _ => Unlike(operation),
    };

    private static string Unlike(IOperation operation) => $"?{operation.Syntax.SpanStart}";
}
