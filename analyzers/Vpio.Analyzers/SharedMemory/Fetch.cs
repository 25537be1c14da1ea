using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Is one read of memory that a guest can write.</summary>
/// <param name="Place">What was read, as <see cref="GuestPlaces"/> writes it.</param>
/// <param name="Site">Where in the code.</param>
internal readonly record struct Fetch(string Place, SyntaxNode Site)
{
    /// <summary>Gets whether two reads have bytes in common: one place is the other or a part of it.</summary>
    public bool Overlaps(string place) => IsPart(Place, place) || IsPart(place, Place);

    private static bool IsPart(string whole, string part) =>
        part.StartsWith(whole, StringComparison.Ordinal) && (part.Length == whole.Length || part[whole.Length] is '.' or '[');
}
