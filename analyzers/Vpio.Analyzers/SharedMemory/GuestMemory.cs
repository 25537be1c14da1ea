using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Tells which expressions are where memory begins that a guest can write.</summary>
internal sealed class GuestMemory(MemoryMarks marks)
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

    /// <summary>Gets whether a field bears the mark itself.</summary>
    public bool IsMarked(IFieldSymbol field) => marks.Has(field, Mark.GuestWritable);

    /// <summary>Gets whether a value of a type is not the memory itself, but a way to it: a pointer, a span, an object that reads.</summary>
    public static bool IsView(ITypeSymbol? type) => type switch
    {
        null => true,
        _ when Places.LeadsOn(type) || type.IsRefLikeType => true,
        { TypeKind: TypeKind.Class or TypeKind.Interface } => true,
        INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } view => !view.IsUnmanagedType || view.GetMembers().OfType<IFieldSymbol>().Any(f => !f.IsStatic && f.Type is IPointerTypeSymbol or { SpecialType: SpecialType.System_IntPtr }),
        _ => false,
    };
}
