using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Flow;

/// <summary>Says who holds the device on one path.</summary>
internal enum HoldKind
{
    /// <summary>Nobody grabbed it on this path.</summary>
    NotHeld,

    /// <summary>It is held.</summary>
    Held,

    /// <summary>It was released.</summary>
    Released,

    /// <summary>It was taken away, and the driver looked and knows.</summary>
    Lost,

    /// <summary>It was made here and shown to nobody yet, so no one else can touch it.</summary>
    Private,

    /// <summary>Something was reported on this path: no more until the next grab or release.</summary>
    Silent,
}

/// <summary>Says where a hold came from.</summary>
internal enum HoldOrigin
{
    /// <summary>A grab on this path.</summary>
    Grab,

    /// <summary>The contract of the member that is analysed: the caller's.</summary>
    Contract,

    /// <summary>An assertion or a proof: somebody else's grab.</summary>
    Asserted,

    /// <summary>A handle in a field that the object owns.</summary>
    Field,
}

/// <summary>Is the state of one device on one path.</summary>
internal sealed record Hold(HoldKind Kind)
{
    /// <summary>Nobody grabbed it.</summary>
    public static readonly Hold None = new(HoldKind.NotHeld);

    /// <summary>Gets the grabs that are not yet released, the innermost first.</summary>
    public Grabs Grabs { get; init; } = Grabs.Empty;

    /// <summary>Gets where the hold came from.</summary>
    public HoldOrigin Origin { get; init; }

    /// <summary>Gets the grab whose handle owns the hold, if one does.</summary>
    public SyntaxNode? Scope { get; init; }

    /// <summary>Gets whether the scope is stack-only.</summary>
    public bool ScopeIsRefLike { get; init; }

    /// <summary>Gets whether only an observer's hold was taken.</summary>
    public bool Shared { get; init; }

    /// <summary>Gets whether it may have been lost since.</summary>
    public bool MaybeLost { get; init; }

    /// <summary>Gets whether the driver knows that the device is wanted back.</summary>
    public bool StopKnown { get; init; }

    /// <summary>Gets the answer of the hint that this path was decided on.</summary>
    public bool? Hint { get; init; }

    /// <summary>Gets whether nothing happened to it since the inferred callee was entered.</summary>
    public bool AtEntry { get; init; }

    /// <summary>Gets whether a hold that the caller gave was given away in between.</summary>
    public bool Dropped { get; init; }

    /// <summary>Gets whether the hold was taken here and so must be given back here.</summary>
    public bool IsOwn => Kind == HoldKind.Held && Origin == HoldOrigin.Grab;
}

/// <summary>Is the grabs that wait for their release, the innermost first, compared by place. Carries where the last release was, which is not compared.</summary>
internal sealed record Grabs(ImmutableArray<SyntaxNode> Sites)
{
    /// <summary>None.</summary>
    public static readonly Grabs Empty = new(ImmutableArray<SyntaxNode>.Empty);

    // Re-entrant grabs in a loop without a release would never end: beyond these nothing is said any more.
    private const int Deepest = 8;

    /// <summary>Gets whether no more grabs are followed.</summary>
    public bool IsFull => Sites.Length >= Deepest;

    /// <summary>Gets the place of the last change, to be told along with a report.</summary>
    public SyntaxNode? Cause { get; init; }

    /// <summary>Adds a grab.</summary>
    public Grabs Push(SyntaxNode site) => new(Sites.Insert(0, site));

    /// <summary>Takes the innermost away.</summary>
    public Grabs Pop(SyntaxNode cause) => new(Sites.IsEmpty ? Sites : Sites.RemoveAt(0)) { Cause = cause };

    /// <inheritdoc/>
    public bool Equals(Grabs? other) => other is not null && Sites.SequenceEqual(other.Sites);

    /// <inheritdoc/>
    public override int GetHashCode() => Sites.Aggregate(Sites.Length, (h, s) => (h * 31) ^ s.GetHashCode());
}
