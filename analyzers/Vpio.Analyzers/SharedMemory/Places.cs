using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Tells which expressions denote memory in place, and which of it others see.</summary>
internal sealed class Places(MemoryMarks marks)
{
    private readonly Leads _leads = new(marks);
    private readonly Dictionary<(ISymbol Local, Mark Mark), ISymbol?> _locals = [];

    /// <summary>Gets the symbol whose mark says what memory an expression denotes, or null.</summary>
    /// <param name="operation">The expression.</param>
    /// <param name="mark">The mark.</param>
    public ISymbol? Marked(IOperation? operation, Mark mark) => operation switch
    {
        IFieldReferenceOperation field => OfField(field, mark),
        IPropertyReferenceOperation property => OfProperty(property, mark),
        IInvocationOperation call => OfCall(call, mark),
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind != RefKind.None && marks.Has(parameter.Parameter, mark) ? parameter.Parameter : null,
        ILocalReferenceOperation { Local.IsRef: true } local => OfLocal(local, mark),
        IArrayElementReferenceOperation element => Lead(element.ArrayReference, mark),
        IImplicitIndexerReferenceOperation { IndexerSymbol: IPropertySymbol { RefKind: not RefKind.None } } element => Lead(element.Instance, mark),
        IInlineArrayAccessOperation element => OfInlineArray(element, mark),
        IConditionalOperation { IsRef: true } either => Marked(either.WhenTrue, mark) ?? Marked(either.WhenFalse, mark),
        { Kind: OperationKind.None } when IsDereference(operation.Syntax) => operation.ChildOperations.Select(c => Lead(c, mark)).FirstOrDefault(s => s is not null),
        _ => null,
    };

    /// <summary>Gets the symbol whose mark says what memory a pointer, an array or a span leads to, or null.</summary>
    /// <param name="lead">The expression.</param>
    /// <param name="mark">The mark.</param>
    public ISymbol? Lead(IOperation? lead, Mark mark) => _leads.Marked(lead, mark);

    /// <summary>Gets whether an expression denotes memory in place, and not a value: what is read from it is a copy.</summary>
    public static bool IsPlace(IOperation operation) => operation switch
    {
        IFieldReferenceOperation field => !IsPrivate(field.Instance) || field.Field.IsStatic,
        IPropertyReferenceOperation property => property.Property.RefKind != RefKind.None && !IsPrivate(property),
        IImplicitIndexerReferenceOperation element => element.IndexerSymbol is IPropertySymbol { RefKind: not RefKind.None } && !Leads.IsOnStack(element.Instance),
        IInlineArrayAccessOperation element => !IsPrivate(element),
        IInvocationOperation call => call.TargetMethod.RefKind != RefKind.None,
        IParameterReferenceOperation parameter => !IsPrivate(parameter),
        ILocalReferenceOperation local => !IsPrivate(local),
        IArrayElementReferenceOperation => true,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type.IsValueType: true } self => !IsPrivate(self),
        { Kind: OperationKind.None } => IsDereference(operation.Syntax) && !IsPrivate(operation),
        _ => false,
    };

    /// <summary>Gets whether memory that is reached through an expression is the code's own: in a local variable, a parameter by value, a value that was just made.</summary>
    public static bool IsPrivate(IOperation? instance) => PrivateMemory.Holds(instance);

    /// <summary>Gets whether a call only hands a reference on: the result denotes what the argument does.</summary>
    public static bool HandsOn(IMethodSymbol method) =>
        method is { ContainingType: { Name: "Unsafe", ContainingNamespace.Name: "CompilerServices" }, RefKind: not RefKind.None, Parameters.Length: > 0 } && method.Name is "AsRef" or "As" or "Add" or "Subtract" or "AddByteOffset" or "SubtractByteOffset" &&
        method.Parameters[0].RefKind != RefKind.None;

    /// <summary>Gets whether a call tells of references whether they are null, equal or how far apart, without a look at the memory.</summary>
    public static bool OnlyCompares(IMethodSymbol method) =>
        method is { ContainingType: { Name: "Unsafe", ContainingNamespace.Name: "CompilerServices" }, Name: "IsNullRef" or "AreSame" or "ByteOffset" or "SizeOf" or "IsAddressLessThan" or "IsAddressGreaterThan" };

    /// <summary>Gets whether a call is one of <c>Volatile</c> or <c>Interlocked</c>.</summary>
    public static bool IsAtomic(IMethodSymbol method) =>
        method.ContainingType is { Name: "Volatile" or "Interlocked", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } };

    /// <summary>Gets what a variable is declared to be or to refer to. Only declarations before the use are followed, so that code which says a variable of itself comes to an end.</summary>
    /// <param name="local">The variable.</param>
    /// <param name="model">The meaning of the code around it, which operations of a graph do not know.</param>
    public static IOperation? InitializerOf(ILocalReferenceOperation local, SemanticModel? model = null) =>
        local.Local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value } declarator && declarator.Span.End < local.Syntax.SpanStart && (model ?? local.SemanticModel) is { } meaning
            ? meaning.GetOperation(value is RefExpressionSyntax reference ? reference.Expression : value)
            : null;

    /// <summary>Gets whether a value of a type leads to memory elsewhere.</summary>
    public static bool LeadsOn(ITypeSymbol type) => Leads.LeadsOn(type);

    /// <summary>Gets whether what is at an expression is reached through a pointer.</summary>
    public static bool IsDereference(SyntaxNode syntax) =>
        syntax.IsKind(SyntaxKind.PointerIndirectionExpression) || syntax is ElementAccessExpressionSyntax || IsBeforeArrow(syntax);

    // Before an arrow the pointer and what it points to are one piece of code.
    private static bool IsBeforeArrow(SyntaxNode syntax) => syntax.Parent is MemberAccessExpressionSyntax access && access.IsKind(SyntaxKind.PointerMemberAccessExpression) && access.Expression == syntax;

    // What a static constructor or an initializer writes, nobody has seen yet.
    private static bool IsInitializing(IFieldReferenceOperation field) =>
        field.Field.IsStatic && field.Syntax.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is ConstructorDeclarationSyntax constructor && constructor.Modifiers.Any(SyntaxKind.StaticKeyword);

    // All that is in marked memory is.
    private ISymbol? OfField(IFieldReferenceOperation field, Mark mark)
    {
        if (IsPrivate(field.Instance) || IsInitializing(field))
            return null;
        if (marks.Has(field.Field, mark))
            return LeadsOn(field.Field.Type) ? null : field.Field;
        return field.Instance is { Type.IsValueType: true } ? Marked(field.Instance, mark) : null;
    }

    // The mark is on the array, or on the field that says what its elements are.
    private ISymbol? OfInlineArray(IInlineArrayAccessOperation element, Mark mark) =>
        Marked(element.Instance, mark)
        ?? (IsPrivate(element.Instance) || element.Type is not { IsValueType: true } ? null : element.Instance.Type?.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => !f.IsStatic && marks.Has(f, mark)));

    // Remembered, since code can make a reference of one reference many times over.
    private ISymbol? OfLocal(ILocalReferenceOperation local, Mark mark)
    {
        if (_locals.TryGetValue((local.Local, mark), out ISymbol? known))
            return known;
        return _locals[(local.Local, mark)] = Marked(InitializerOf(local), mark);
    }

    private ISymbol? OfProperty(IPropertyReferenceOperation property, Mark mark)
    {
        if (property.Property.RefKind == RefKind.None)
            return null;
        if (marks.Has(property.Property, mark) || (property.Property.GetMethod is { } getter && marks.Has(getter, mark)))
            return property.Property;
        return property.Property.IsIndexer && LeadsOn(property.Property.ContainingType) ? Lead(property.Instance, mark) : null;
    }

    private ISymbol? OfCall(IInvocationOperation call, Mark mark)
    {
        if (call.TargetMethod.RefKind == RefKind.None)
            return null;
        if (marks.Has(call.TargetMethod, mark))
            return call.TargetMethod;
        return HandsOn(call.TargetMethod) && call.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0) is { } first ? Marked(first.Value, mark) : Lead(Leads.PassedOn(call), mark);
    }
}
