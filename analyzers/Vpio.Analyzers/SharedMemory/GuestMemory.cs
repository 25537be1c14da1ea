using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Tells which expressions read memory that a guest can write, and which of them read the same place.</summary>
/// <remarks>
/// A place is written as a text: what it begins at, and the way on from there. Variables in it stand in braces, so that an
/// assignment to one of them is seen to make another place of it; a field that calls may change is <c>{f:name}</c>.
/// </remarks>
internal sealed class GuestMemory(MemoryMarks marks, SemanticModel model)
{
    /// <summary>Gets whether an expression is where such memory begins.</summary>
    public bool IsRoot(IOperation operation) => operation switch
    {
        IParameterReferenceOperation parameter => marks.Has(parameter.Parameter, Mark.GuestWritable),
        IFieldReferenceOperation field => (marks.Has(field.Field, Mark.GuestWritable) || marks.Has(field.Field.ContainingType, Mark.GuestWritable)) && !Places.IsPrivate(field.Instance),
        IPropertyReferenceOperation property => marks.Has(property.Property, Mark.GuestWritable),
        IInvocationOperation call => marks.Has(call.TargetMethod, Mark.GuestWritable),
        _ => false,
    };

    /// <summary>Gets the place that an expression denotes in such memory, or null when it denotes none.</summary>
    /// <param name="operation">The expression.</param>
    /// <param name="captures">What the graph has set aside under a number.</param>
    public string? PlaceOf(IOperation? operation, IReadOnlyDictionary<CaptureId, IOperation> captures) => operation switch
    {
        null => null,
        IFlowCaptureReferenceOperation capture => captures.TryGetValue(capture.Id, out IOperation? kept) ? PlaceOf(kept, captures) : null,
        _ when IsRoot(operation) => RootOf(operation, captures),
        IFieldReferenceOperation { Instance: { } instance } field => Places.IsPrivate(instance) ? null : After(PlaceOf(instance, captures), $".{field.Field.Name}"),
        IPropertyReferenceOperation { Instance: { } instance } property => OfProperty(property, instance, captures),
        IInvocationOperation call => OfCall(call, captures),
        IArrayElementReferenceOperation element => After(PlaceOf(element.ArrayReference, captures), Indices(element.Indices, captures)),
        ILocalReferenceOperation local => OfLocal(local, captures),
        IConversionOperation conversion when IsView(conversion.Type) => PlaceOf(conversion.Operand, captures),
        IAddressOfOperation address => PlaceOf(address.Reference, captures),
        IBinaryOperation { Type: IPointerTypeSymbol } sum => After(PlaceOf(sum.LeftOperand, captures), $"+{Component(sum.RightOperand, captures)}"),
        { Kind: OperationKind.None } => OfDereference(operation, captures),
        _ => null,
    };

    /// <summary>Gets whether an expression is a reference, a pointer or a view, whose value leads to such memory and is not in it.</summary>
    public bool IsLead(IOperation operation) => operation switch
    {
        IFlowCaptureReferenceOperation => false,
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind == RefKind.None,
        IFieldReferenceOperation field => marks.Has(field.Field, Mark.GuestWritable) && IsView(field.Field.Type),
        IPropertyReferenceOperation property => property.Property.RefKind == RefKind.None && IsView(property.Type) && !property.Property.IsIndexer,
        IInvocationOperation call => call.TargetMethod.RefKind == RefKind.None && IsView(call.Type),
        ILocalReferenceOperation local => !local.Local.IsRef,
        IConversionOperation or IAddressOfOperation or IBinaryOperation => true,
        _ => false,
    };

    // A value of such a type is not the memory itself, but a way to it.
    private static bool IsView(ITypeSymbol? type) => type switch
    {
        null => true,
        _ when Places.LeadsOn(type) || type.IsRefLikeType => true,
        { TypeKind: TypeKind.Class or TypeKind.Interface } => true,
        INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } view => !view.IsUnmanagedType || view.GetMembers().OfType<IFieldSymbol>().Any(f => !f.IsStatic && f.Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr }),
        _ => false,
    };

    private string RootOf(IOperation root, IReadOnlyDictionary<CaptureId, IOperation> captures) => root switch
    {
        IParameterReferenceOperation parameter => $"{{l:{parameter.Parameter.Name}}}",
        IFieldReferenceOperation field => $"{Receiver(field.Instance, captures)}{{r:{field.Field.Name}}}",
        IPropertyReferenceOperation property => $"{Receiver(property.Instance, captures)}{{r:{property.Property.Name}}}{Indices(property.Arguments.Select(a => a.Value), captures)}",
        IInvocationOperation call => $"{Receiver(call.Instance, captures)}{{r:{call.TargetMethod.Name}}}{Indices(call.Arguments.Where(a => a.Parameter?.RefKind is not (RefKind.Out or RefKind.Ref) && !IsDestination(a)).Select(a => a.Value), captures)}",
        _ => Unlike(root),
    };

    // What a copy is put into is no part of where it comes from.
    private static bool IsDestination(IArgumentOperation argument) => argument.Parameter?.Type is INamedTypeSymbol { Name: "Span", ContainingNamespace.Name: "System" };

    private string Receiver(IOperation? instance, IReadOnlyDictionary<CaptureId, IOperation> captures) => instance is null or IInstanceReferenceOperation ? "" : Component(instance, captures);

    private static string? After(string? place, string step) => place is null ? null : place + step;

    private string? OfProperty(IPropertyReferenceOperation property, IOperation instance, IReadOnlyDictionary<CaptureId, IOperation> captures)
    {
        bool leadsOn = property.Property.RefKind != RefKind.None || property.Property.IsIndexer || IsView(property.Type);
        return leadsOn ? After(PlaceOf(instance, captures), $".{property.Property.Name}{Indices(property.Arguments.Select(a => a.Value), captures)}") : null;
    }

    private string? OfCall(IInvocationOperation call, IReadOnlyDictionary<CaptureId, IOperation> captures)
    {
        if (Places.HandsOn(call.TargetMethod))
            return After(PlaceOf(call.Arguments[0].Value, captures), call.Arguments.Length > 1 ? $"+{Component(call.Arguments[1].Value, captures)}" : "");
        return call.Instance is { } instance && !call.TargetMethod.ReturnsVoid && IsLeadOrPlace(instance, captures)
            ? After(PlaceOf(instance, captures), $".{call.TargetMethod.Name}{Indices(call.Arguments.Where(a => a.Parameter?.RefKind is not (RefKind.Out or RefKind.Ref) && !IsDestination(a)).Select(a => a.Value), captures)}")
            : null;
    }

    private bool IsLeadOrPlace(IOperation instance, IReadOnlyDictionary<CaptureId, IOperation> captures) => PlaceOf(instance, captures) is not null && instance.Type is { } type && IsView(type);

    // A pointer may be moved on, a reference rarely is.
    private string? OfLocal(ILocalReferenceOperation local, IReadOnlyDictionary<CaptureId, IOperation> captures)
    {
        if (!(local.Local.IsRef || Places.LeadsOn(local.Local.Type)) || Places.InitializerOf(local, model) is not { } first || PlaceOf(first, captures) is not { } place)
            return null;
        return local.Local.IsRef ? place : $"{place}{{l:{local.Local.Name}}}";
    }

    private string? OfDereference(IOperation operation, IReadOnlyDictionary<CaptureId, IOperation> captures)
    {
        IOperation[] children = [.. operation.ChildOperations];
        if (children.Length > 1 && operation.Syntax is ElementAccessExpressionSyntax)
            return After(PlaceOf(children[0], captures), Indices(children.Skip(1), captures));
        return children.Length > 0 && Places.IsDereference(operation.Syntax) ? PlaceOf(children[0], captures) : null;
    }

    private string Indices(IEnumerable<IOperation> indices, IReadOnlyDictionary<CaptureId, IOperation> captures) => $"[{string.Join(",", indices.Select(i => Component(i, captures)))}]";

    // A part of the way that is not memory of the guest's: an index, an offset, the object that a member belongs to.
    private string Component(IOperation operation, IReadOnlyDictionary<CaptureId, IOperation> captures) => operation switch
    {
        { ConstantValue: { HasValue: true, Value: var value } } => $"{value}",
        IFlowCaptureReferenceOperation capture => captures.TryGetValue(capture.Id, out IOperation? kept) ? Component(kept, captures) : Unlike(operation),
        ILocalReferenceOperation local => $"{{l:{local.Local.Name}}}",
        IParameterReferenceOperation parameter => $"{{l:{parameter.Parameter.Name}}}",
        IInstanceReferenceOperation => "this",
        IFieldReferenceOperation field => $"{Receiver(field.Instance, captures)}{(field.Field.IsReadOnly ? $".{field.Field.Name}" : $"{{f:{field.Field.Name}}}")}",
        IPropertyReferenceOperation { Arguments.IsEmpty: true } property => $"{Receiver(property.Instance, captures)}{{f:{property.Property.Name}}}",
        IConversionOperation conversion => Component(conversion.Operand, captures),
        IBinaryOperation binary => $"({Component(binary.LeftOperand, captures)} {binary.OperatorKind} {Component(binary.RightOperand, captures)})",
        IUnaryOperation unary => $"({unary.OperatorKind} {Component(unary.Operand, captures)})",
        IObjectCreationOperation { Initializer: null } made => $"new {made.Type?.Name}{Indices(made.Arguments.Select(a => a.Value), captures)}",
        _ => Unlike(operation),
    };

    private static string Unlike(IOperation operation) => $"?{operation.Syntax.SpanStart}";
}
