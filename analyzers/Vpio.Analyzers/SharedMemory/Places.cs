using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Tells which expressions denote memory in place, and which of it others see.</summary>
internal sealed class Places(MemoryMarks marks)
{
    /// <summary>Gets the symbol whose mark says what memory an expression denotes, or null.</summary>
    /// <param name="operation">The expression.</param>
    /// <param name="mark">The mark.</param>
    public ISymbol? Marked(IOperation? operation, Mark mark) => operation switch
    {
        IFieldReferenceOperation field => marks.Has(field.Field, mark) && !LeadsOn(field.Field.Type) && !IsPrivate(field.Instance) && !IsInitializing(field) ? field.Field : null,
        IPropertyReferenceOperation property => OfProperty(property, mark),
        IInvocationOperation call => OfCall(call, mark),
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind != RefKind.None && marks.Has(parameter.Parameter, mark) ? parameter.Parameter : null,
        ILocalReferenceOperation { Local.IsRef: true } local => Marked(InitializerOf(local), mark),
        IArrayElementReferenceOperation element => Lead(element.ArrayReference, mark),
        IConditionalOperation { IsRef: true } either => Marked(either.WhenTrue, mark) ?? Marked(either.WhenFalse, mark),
        { Kind: OperationKind.None } when IsDereference(operation.Syntax) => operation.ChildOperations.Select(c => Lead(c, mark)).FirstOrDefault(s => s is not null),
        _ => null,
    };

    /// <summary>Gets whether an expression denotes memory in place, and not a value: what is read from it is a copy.</summary>
    public static bool IsPlace(IOperation operation) => operation switch
    {
        IFieldReferenceOperation field => !IsPrivate(field.Instance) || field.Field.IsStatic,
        IPropertyReferenceOperation property => property.Property.RefKind != RefKind.None,
        IInvocationOperation call => call.TargetMethod.RefKind != RefKind.None,
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind != RefKind.None,
        ILocalReferenceOperation local => local.Local.IsRef,
        IArrayElementReferenceOperation => true,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance, Type.IsValueType: true } self => !IsConstructing(self),
        { Kind: OperationKind.None } => IsDereference(operation.Syntax),
        _ => false,
    };

    /// <summary>Gets whether memory that is reached through an expression is the code's own: in a local variable, a parameter by value, a value that was just made.</summary>
    public static bool IsPrivate(IOperation? instance) => instance switch
    {
        null => false,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver } => true,
        IInstanceReferenceOperation self => IsConstructing(self),
        { Type.IsValueType: not true } => false,
        ILocalReferenceOperation local => !local.Local.IsRef,
        IParameterReferenceOperation parameter => parameter.Parameter.RefKind == RefKind.None,
        IFieldReferenceOperation field => IsPrivate(field.Instance),
        IPropertyReferenceOperation property => property.Property.RefKind == RefKind.None,
        IInvocationOperation call => call.TargetMethod.RefKind == RefKind.None,
        IObjectCreationOperation or IDefaultValueOperation or IConversionOperation => true,
        _ => false,
    };

    /// <summary>Gets whether a call only hands a reference on: the result denotes what the argument does.</summary>
    public static bool HandsOn(IMethodSymbol method) =>
        method is { ContainingType: { Name: "Unsafe", ContainingNamespace.Name: "CompilerServices" }, RefKind: not RefKind.None, Parameters.Length: > 0 } && method.Name is "AsRef" or "As" or "Add" or "Subtract" or "AddByteOffset" or "SubtractByteOffset" &&
        method.Parameters[0].RefKind != RefKind.None;

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
    public static bool LeadsOn(ITypeSymbol type) =>
        type is IArrayTypeSymbol or IPointerTypeSymbol || type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Gets whether what is at an expression is reached through a pointer.</summary>
    public static bool IsDereference(SyntaxNode syntax) =>
        syntax.IsKind(SyntaxKind.PointerIndirectionExpression) || syntax is ElementAccessExpressionSyntax || IsBeforeArrow(syntax);

    // Before an arrow the pointer and what it points to are one piece of code.
    private static bool IsBeforeArrow(SyntaxNode syntax) => syntax.Parent is MemberAccessExpressionSyntax access && access.IsKind(SyntaxKind.PointerMemberAccessExpression) && access.Expression == syntax;

    // What is made in a constructor or an initializer to run later sees the object when others do.
    private static bool IsConstructing(IInstanceReferenceOperation self)
    {
        SyntaxNode? around = self.Syntax.AncestorsAndSelf().FirstOrDefault(n => n is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax { Parent: BasePropertyDeclarationSyntax } or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseTypeDeclarationSyntax);
        return around is ConstructorDeclarationSyntax or BaseTypeDeclarationSyntax;
    }

    // What a static constructor or an initializer writes, nobody has seen yet.
    private static bool IsInitializing(IFieldReferenceOperation field) =>
        field.Field.IsStatic && field.Syntax.FirstAncestorOrSelf<BaseMethodDeclarationSyntax>() is ConstructorDeclarationSyntax constructor && constructor.Modifiers.Any(SyntaxKind.StaticKeyword);

    private ISymbol? OfProperty(IPropertyReferenceOperation property, Mark mark)
    {
        if (property.Property.RefKind == RefKind.None)
            return null;
        if (marks.Has(property.Property, mark) || (property.Property.GetMethod is { } getter && marks.Has(getter, mark)))
            return property.Property;
        return property.Property.IsIndexer && LeadsOn(property.Property.ContainingType) ? Lead(property.Instance, mark) : null;
    }

    private ISymbol? OfCall(IInvocationOperation call, Mark mark) =>
        call.TargetMethod.RefKind == RefKind.None ? null
        : marks.Has(call.TargetMethod, mark) ? call.TargetMethod
        : HandsOn(call.TargetMethod) && call.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0) is { } first ? Marked(first.Value, mark)
        : null;

    // A pointer, an array or a span with a mark leads to what the mark is said of.
    private ISymbol? Lead(IOperation? lead, Mark mark) => lead switch
    {
        IFieldReferenceOperation field => marks.Has(field.Field, mark) ? field.Field : null,
        IParameterReferenceOperation parameter => marks.Has(parameter.Parameter, mark) ? parameter.Parameter : null,
        IPropertyReferenceOperation property => marks.Has(property.Property, mark) ? property.Property : null,
        IInvocationOperation call => marks.Has(call.TargetMethod, mark) ? call.TargetMethod : null,
        ILocalReferenceOperation local => Lead(InitializerOf(local), mark),
        IConversionOperation conversion => Lead(conversion.Operand, mark),
        IBinaryOperation { Type: IPointerTypeSymbol } sum => Lead(sum.LeftOperand.Type is IPointerTypeSymbol ? sum.LeftOperand : sum.RightOperand, mark),
        _ => null,
    };
}
