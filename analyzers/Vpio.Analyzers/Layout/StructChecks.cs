using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers.Layout;

/// <summary>Checks the layout of one ABI struct.</summary>
internal sealed class StructChecks(INamedTypeSymbol type, Action<Diagnostic> report)
{
    private readonly StructDeclaration _declared = StructDeclaration.Of(type);

    /// <summary>Checks everything.</summary>
    public void Run()
    {
        foreach (IFieldSymbol field in TypeLayout.InstanceFields(type))
        {
            if (FieldFault.Of(field) is { } fault)
                report(Diagnostic.Create(fault.IsPointerSized ? PointerSizedField.Rule : NotBlittable.Rule, PlaceOf(field), NameOf(field), fault.Text));
        }

        // An event keeps its delegates in a field without a name.
        IEventSymbol[] events = [.. type.GetMembers().OfType<IEventSymbol>().Where(e => !e.IsStatic && e.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is VariableDeclaratorSyntax))];
        foreach (IEventSymbol kept in events)
            report(Diagnostic.Create(NotBlittable.Rule, PlaceOf(kept), kept.Name, "is an event, whose delegates no other program can call: use a number"));

        // The runtime allows an inline array no layout of its own: it is its element, so many times.
        if (TypeLayout.InlineArrayLength(type) is not null)
            return;
        string? missing = Missing();
        if (missing is null && events.Length == 0 && Places() is { } places)
        {
            missing = Wrong(places);
            if (missing is null)
                Gaps(places);
        }

        if (missing is not null)
            report(Diagnostic.Create(LayoutNotExplicit.Rule, type.Locations[0], NaturalLayout(), type.Name, missing));
    }

    // What the fix writes: the layout that a compiler of C would choose, or the size that the given offsets come to.
    private ImmutableDictionary<string, string?> NaturalLayout()
    {
        long end = 0;
        int alignment = 1;
        List<long> offsets = [];
        foreach (IFieldSymbol field in TypeLayout.InstanceFields(type))
        {
            if (TypeLayout.OfField(field) is not { } layout)
                return ImmutableDictionary<string, string?>.Empty;
            long offset = (_declared.IsExplicit ? StructDeclaration.OffsetOf(field) : null) ?? TypeLayout.AlignUp(end, layout.AlignmentBytes);
            offsets.Add(offset);
            end = Math.Max(end, offset + layout.SizeBytes);
            alignment = Math.Max(alignment, layout.AlignmentBytes);
        }

        ImmutableDictionary<string, string?> size = ImmutableDictionary<string, string?>.Empty.Add("size", $"{Math.Max(TypeLayout.AlignUp(end, alignment), TypeLayout.AlignUp(_declared.SizeBytes ?? 0, alignment))}");
        return _declared.IsExplicit ? size : size.Add("offsets", string.Join(",", offsets));
    }

    private string? Missing() =>
        !_declared.IsExplicit ? "leaves its layout to the compiler: give it [StructLayout(LayoutKind.Explicit, Size = ...)], and each field its [FieldOffset]"
        : _declared.SizeBytes is null ? "does not say its size: give it 'Size = ' in [StructLayout]"
        : null;

    private string? Wrong(List<FieldPlace> places)
    {
        long end = places.Count == 0 ? 0 : places.Max(p => p.End);
        int alignment = places.Count == 0 ? 1 : places.Max(p => p.Layout.AlignmentBytes);
        int size = _declared.SizeBytes ?? 0;
        return size < end ? $"has a size of {size} bytes, but its fields end at {end}: the size is wrong, or a field is in the wrong place"
            : size % alignment != 0 ? $"has a size of {size} bytes, which is no multiple of its alignment, {alignment}: in an array its fields would not be aligned"
            : StatedSize() is { } stated && stated != size ? $"has a size of {size} bytes, but its constant 'Size' says {stated}"
            : null;
    }

    // In the order of their offsets; null when a field has no size or no place.
    private List<FieldPlace>? Places()
    {
        List<FieldPlace> places = [];
        foreach (IFieldSymbol field in TypeLayout.InstanceFields(type))
        {
            if (TypeLayout.OfField(field) is not { } layout || StructDeclaration.OffsetOf(field) is not { } offset)
                return null;
            places.Add(new FieldPlace(field, offset, layout));
        }

        return [.. places.OrderBy(p => p.Offset)];
    }

    private decimal? StatedSize()
    {
        object? value = type.GetMembers("Size").OfType<IFieldSymbol>().FirstOrDefault(f => f.IsConst)?.ConstantValue;
        return value is sbyte or byte or short or ushort or int or uint or long or ulong ? Convert.ToDecimal(value, CultureInfo.InvariantCulture) : null;
    }

    private void Gaps(List<FieldPlace> places)
    {
        FieldPlace? before = null;
        foreach (FieldPlace place in places)
        {
            if (place.Offset % place.Layout.AlignmentBytes != 0)
                Misplaced(place.Field, $"'{NameOf(place.Field)}' begins at byte {place.Offset}, which is no multiple of its alignment, {place.Layout.AlignmentBytes}: move it");
            if (before is not null && place.Offset < before.End)
                Misplaced(place.Field, $"'{NameOf(place.Field)}' begins at byte {place.Offset}, but '{NameOf(before.Field)}' ends at {before.End}: each byte belongs to one field");
            else if (place.Offset > (before?.End ?? 0))
                Misplaced(place.Field, $"Bytes {before?.End ?? 0} to {place.Offset - 1}, before '{NameOf(place.Field)}', belong to no field: declare them as reserved", (before?.End ?? 0, place.Offset));
            before = before is null || place.End > before.End ? place : before;
        }

        long end = before?.End ?? 0;
        if (_declared.SizeBytes is { } size && size > end)
            Misplaced(before?.Field ?? (ISymbol)type, $"Bytes {end} to {size - 1}, at the end of '{type.Name}', belong to no field: declare them as reserved", (end, size));
    }

    private void Misplaced(ISymbol where, string text, (long From, long To)? gap = null)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        if (gap is { } bytes)
            properties = properties.Add("from", $"{bytes.From}").Add("to", $"{bytes.To}");
        report(Diagnostic.Create(FieldMisplaced.Rule, PlaceOf(where), properties, text));
    }

    private static string NameOf(IFieldSymbol field) => field.AssociatedSymbol?.Name ?? field.Name;

    private Location PlaceOf(ISymbol symbol) => (symbol is IFieldSymbol { AssociatedSymbol: { } property } ? property : symbol).Locations.FirstOrDefault(l => l.IsInSource) ?? type.Locations[0];

    /// <summary>Is a field and the bytes that it takes.</summary>
    private sealed record FieldPlace(IFieldSymbol Field, long Offset, TypeLayout Layout)
    {
        public long End => Offset + Layout.SizeBytes;
    }
}
