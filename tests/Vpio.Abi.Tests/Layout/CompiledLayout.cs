using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Vpio.Abi.Tests.Layout;

/// <summary>Reads the layout of structs out of a compiled assembly without loading it, so that any target's build can be read.</summary>
internal static class CompiledLayout
{
    public static string PathOf(string target) => target == "net10.0"
        ? typeof(DevicePage).Assembly.Location
        : Path.Combine(AppContext.BaseDirectory, target, "Vpio.Abi.dll");

    /// <summary>Reads all public structs.</summary>
    /// <returns>For each its size and the lines of its fields; explicit says that it is laid out so.</returns>
    public static Dictionary<string, (int SizeBytes, bool IsExplicit, string[] Lines)> Read(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return metadata.TypeDefinitions
            .Select(metadata.GetTypeDefinition)
            .Where(type => IsPublicStruct(metadata, type))
            .ToDictionary(
                type => metadata.GetString(type.Name),
                type => (type.GetLayout().Size, type.Attributes.HasFlag(TypeAttributes.ExplicitLayout), LinesOf(metadata, type)));
    }

    private static bool IsPublicStruct(MetadataReader metadata, TypeDefinition type) =>
        (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public
        && type.BaseType.Kind == HandleKind.TypeReference
        && metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)type.BaseType).Name) == "ValueType";

    private static string[] LinesOf(MetadataReader metadata, TypeDefinition type) =>
        [.. type.GetFields()
            .Select(metadata.GetFieldDefinition)
            .Where(field => !field.Attributes.HasFlag(FieldAttributes.Static))
            .OrderBy(field => field.GetOffset())
            .Select(field => $"{field.GetOffset()} {field.DecodeSignature(new TypeNames(), null)} {metadata.GetString(field.Name)}")];

    /// <summary>Names types as the layout table does.</summary>
    private sealed class TypeNames : ISignatureTypeProvider<string, object?>
    {
        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
        {
            PrimitiveTypeCode.Byte => "u8",
            PrimitiveTypeCode.UInt16 => "u16",
            PrimitiveTypeCode.UInt32 => "u32",
            PrimitiveTypeCode.UInt64 => "u64",
            _ => typeCode.ToString(),
        };

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) =>
            reader.GetString(reader.GetTypeDefinition(handle).Name);

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
            reader.GetString(reader.GetTypeReference(handle).Name);

        public string GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => "specification";

        public string GetArrayType(string elementType, ArrayShape shape) => $"{elementType} array";

        public string GetByReferenceType(string elementType) => $"{elementType} reference";

        public string GetFunctionPointerType(MethodSignature<string> signature) => "function pointer";

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => $"{genericType} of {string.Join(' ', typeArguments)}";

        public string GetGenericMethodParameter(object? genericContext, int index) => "type parameter";

        public string GetGenericTypeParameter(object? genericContext, int index) => "type parameter";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => $"{elementType} pointer";

        public string GetSZArrayType(string elementType) => $"{elementType} array";
    }
}
