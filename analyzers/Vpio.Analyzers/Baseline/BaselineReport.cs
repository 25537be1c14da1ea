using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers.Baseline;

/// <summary>Makes the diagnostics of VPIO2005, with what a repair has to know.</summary>
internal static class BaselineReport
{
    /// <summary>The property that says what must be done, a <see cref="DriftKind"/>.</summary>
    public const string Kind = "Drift";

    /// <summary>The property with the entry that it is about.</summary>
    public const string Entry = "Entry";

    /// <summary>Makes a diagnostic.</summary>
    /// <param name="place">Where.</param>
    /// <param name="message">What to say.</param>
    /// <param name="kind">What must be done, or null when only its author knows.</param>
    /// <param name="entry">The entry that it is about.</param>
    /// <param name="besides">Another place that has to do with it.</param>
    public static Diagnostic Make(Location place, string message, DriftKind? kind, BaselineEntry? entry, Location? besides = null)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        if (kind is { } known)
            properties = properties.Add(Kind, known.ToString()).Add(Entry, entry?.ToString());
        return Diagnostic.Create(DiffersFromBaseline.Rule, place, besides is null ? [] : [besides], properties, message);
    }
}
