using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Contracts;

/// <summary>Is all that the ownership attributes say of one member.</summary>
internal sealed record Contract
{
    /// <summary>Says nothing.</summary>
    public static readonly Contract None = new();

    /// <summary>Gets what is demanded and done.</summary>
    public ImmutableArray<Clause> Clauses { get; init; } = ImmutableArray<Clause>.Empty;

    /// <summary>Gets what is wrong with the attributes themselves.</summary>
    public ImmutableArray<Malformation> Malformations { get; init; } = ImmutableArray<Malformation>.Empty;

    /// <summary>Gets whether ownership may be lost inside.</summary>
    public bool MayRevoke { get; init; }

    /// <summary>Gets whether reaching the member counts as a poll.</summary>
    public bool Polls { get; init; }

    /// <summary>Gets whether the member is allowed after a stop request.</summary>
    public bool Quiesce { get; init; }

    /// <summary>Gets whether the member is the revocation upcall.</summary>
    public bool RevocationHandler { get; init; }

    /// <summary>Gets whether the member never throws.</summary>
    public bool NoThrow { get; init; }

    /// <summary>Gets whether the bool result is only a hint.</summary>
    public bool Hint { get; init; }

    /// <summary>Gets the value that proves the hold, if one does.</summary>
    public bool? HeldWhen { get; init; }

    /// <summary>Gets the value that means stop, if one does.</summary>
    public bool? RevokedWhen { get; init; }

    /// <summary>Gets whether the result is a view of the device.</summary>
    public bool Alias { get; init; }

    /// <summary>Gets whether the caller owns the handle that is returned.</summary>
    public bool CallerOwns { get; init; }

    /// <summary>Gets whether the body is not checked.</summary>
    public bool Unchecked { get; init; }

    /// <summary>Gets the device that a property is the same as.</summary>
    public DevicePath? SameAs { get; init; }

    /// <summary>Gets whether the member says anything of who holds what, so that nothing is inferred of it.</summary>
    public bool Speaks => !Clauses.IsEmpty || MayRevoke || Polls || Quiesce || RevocationHandler || Hint || Alias || CallerOwns || HeldWhen is not null || RevokedWhen is not null;
}

/// <summary>Is a fault of an attribute or an opt-out, with the place to report.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Location">The attribute or opt-out, or its argument.</param>
/// <param name="Text">The text that does not bind, or the name of the attribute or opt-out.</param>
internal sealed record Malformation(MalformationKind Kind, Location Location, string Text);

/// <summary>Says what is wrong with an attribute.</summary>
internal enum MalformationKind
{
    /// <summary>A path names nothing.</summary>
    UnboundPath,

    /// <summary>The member is async or an iterator, and its body runs later.</summary>
    Deferred,

    /// <summary>An opt-out gives no reason.</summary>
    NoReason,
}
