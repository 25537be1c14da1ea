using System.Reflection;
using System.Runtime.CompilerServices;

namespace Vpio.Abi.Description.Tests;

/// <summary>Says of the public types what no list of their members tells: what they are, what they implement, and where an attribute may stand.</summary>
internal static class TypeKinds
{
    /// <summary>Describes the public types of an assembly, one a line, sorted.</summary>
    public static IEnumerable<string> In(Assembly assembly) => assembly.GetExportedTypes().Select(Describe).Order(StringComparer.Ordinal);

    private static string Describe(Type type)
    {
        string[] bases = [.. Bases(type).Select(each => each.ToString()).Order(StringComparer.Ordinal)];
        string targets = type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false) is { } usage
            ? $" on {usage.ValidOn}{(usage.AllowMultiple ? ", repeatedly" : "")}{(usage.Inherited ? ", inherited" : "")}"
            : "";
        return $"{type.FullName}: {KindOf(type)}{(bases.Length == 0 ? "" : " : " + string.Join(", ", bases))}{targets}";
    }

    private static string KindOf(Type type) => type switch
    {
        { IsEnum: true } => (type.IsDefined(typeof(FlagsAttribute)) ? "flags " : "enum ") + type.GetEnumUnderlyingType().Name,
        { IsInterface: true } => "interface",
        { IsValueType: true } => (type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "") + (type.IsByRefLike ? "ref struct" : "struct"),
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => (type.IsSealed ? "sealed " : type.IsAbstract ? "abstract " : "") + "class",
    };

    private static IEnumerable<Type> Bases(Type type)
    {
        if (type.IsEnum)
            return [];
        Type? parent = type.BaseType;
        IEnumerable<Type> parents = parent is null || parent == typeof(object) || parent == typeof(ValueType) ? [] : [parent];
        return [.. parents, .. type.GetInterfaces()];
    }
}
