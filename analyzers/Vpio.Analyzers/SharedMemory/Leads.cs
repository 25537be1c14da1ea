using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Tells what a pointer, an array or a span leads to: a mark on one speaks of that.</summary>
internal sealed class Leads(MemoryMarks marks)
{
    private readonly Dictionary<(ISymbol Local, Mark Mark), ISymbol?> _locals = [];

    /// <summary>Gets the symbol whose mark says what memory an expression leads to, or null.</summary>
    /// <param name="lead">The expression.</param>
    /// <param name="mark">The mark.</param>
    public ISymbol? Marked(IOperation? lead, Mark mark) => lead switch
    {
        IFieldReferenceOperation field => OfSymbol(field.Field, mark),
        IParameterReferenceOperation parameter => OfSymbol(parameter.Parameter, mark),
        IPropertyReferenceOperation property => OfSymbol(property.Property, mark) ?? (IsView(property) ? Marked(property.Instance, mark) : null),
        IInvocationOperation call => OfSymbol(call.TargetMethod, mark) ?? Marked(PassedOn(call), mark),
        ILocalReferenceOperation local => OfLocal(local, mark),
        IConversionOperation conversion => Marked(conversion.Operand, mark),
        IObjectCreationOperation { Type: { } view, Arguments.Length: > 0 } made when LeadsOn(view) => Marked(made.Arguments[0].Value, mark),
        IImplicitIndexerReferenceOperation { IndexerSymbol: IMethodSymbol } part => Marked(part.Instance, mark),
        IBinaryOperation { Type: IPointerTypeSymbol } sum => Marked(sum.LeftOperand.Type is IPointerTypeSymbol ? sum.LeftOperand : sum.RightOperand, mark),
        _ => null,
    };

    /// <summary>Gets whether a value of a type leads to memory elsewhere.</summary>
    public static bool LeadsOn(ITypeSymbol type) =>
        type is IArrayTypeSymbol or IPointerTypeSymbol || type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    /// <summary>Gets the type of the elements that a value of a type leads to, or null when it leads nowhere.</summary>
    public static ITypeSymbol? ElementOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType,
        IPointerTypeSymbol pointer => pointer.PointedAtType,
        INamedTypeSymbol { TypeArguments.Length: 1 } view when LeadsOn(view) => view.TypeArguments[0],
        _ => null,
    };

    /// <summary>Gets whether an expression leads to memory on the stack that the method itself asked for.</summary>
    public static bool IsOnStack(IOperation? lead) => lead switch
    {
        ILocalReferenceOperation local => IsOnStack(Places.InitializerOf(local)),
        IConversionOperation conversion => IsOnStack(conversion.Operand),
        { Syntax: StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax } => true,
        _ => false,
    };

    /// <summary>Gets what a call makes a reference or a view of, without reading it: the pointer, array or span it is given.</summary>
    public static IOperation? PassedOn(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.Name == "Slice" && call.Instance is { } view && LeadsOn(method.ContainingType))
            return view;
        bool passes = method.ContainingType?.Name switch
        {
            "Unsafe" => method.Name == "AsRef",
            "MemoryMarshal" => method.Name is "GetReference" or "GetArrayDataReference" or "AsRef" or "Cast" or "AsBytes",
            "MemoryExtensions" => method.Name is "AsSpan" or "AsMemory",
            _ => false,
        };
        return passes && InSystem(method) ? call.Arguments.FirstOrDefault(a => a.Parameter is { Ordinal: 0, RefKind: RefKind.None })?.Value : null;
    }

    /// <summary>Gets whether a method is one of the libraries that come with .NET.</summary>
    public static bool InSystem(IMethodSymbol method)
    {
        INamespaceSymbol? space = method.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space?.Name == "System";
    }

    private ISymbol? OfSymbol(ISymbol symbol, Mark mark) => marks.Has(symbol, mark) ? symbol : null;

    private static bool IsView(IPropertyReferenceOperation property) => property is { Property: { Name: "Span", IsIndexer: false }, Instance: not null } && LeadsOn(property.Property.ContainingType);

    // Remembered, since code can make a variable of one variable many times over.
    private ISymbol? OfLocal(ILocalReferenceOperation local, Mark mark)
    {
        if (_locals.TryGetValue((local.Local, mark), out ISymbol? known))
            return known;
        return _locals[(local.Local, mark)] = Marked(Places.InitializerOf(local), mark);
    }
}
