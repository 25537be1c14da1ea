using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Is what is known of a value on one path.</summary>
internal abstract record Value
{
    /// <summary>Nothing is known.</summary>
    public static readonly Value Unknown = new UnknownValue();

    /// <summary>Gets the call whose result this is, while it still tells whether that call succeeded.</summary>
    public SyntaxNode? Origin { get; init; }

    /// <summary>Gets whether it may be null instead, on some of the paths that met.</summary>
    public bool MaybeNull { get; init; }
}

/// <summary>Is a value of which nothing is known.</summary>
internal sealed record UnknownValue : Value;

/// <summary>Is a constant, null among them.</summary>
internal sealed record ConstantValue(object? Constant) : Value
{
    /// <summary>Gets the devices whose grab failed, of the null that stands for their handle.</summary>
    public DeviceSet? Failed { get; init; }

    /// <summary>The null reference.</summary>
    public static readonly ConstantValue Null = new((object?)null);

    /// <summary>Gets a truth value.</summary>
    public static ConstantValue Of(bool truth) => new((object)truth);
}

/// <summary>Is any value but one constant.</summary>
internal sealed record OtherValue(object? Excluded) : Value;

/// <summary>Is a value that one execution of an expression gave: not known, but the same wherever it went.</summary>
/// <param name="Id">What gave it.</param>
/// <param name="Negated">Whether it is the opposite of what was given.</param>
internal sealed record OpaqueValue(object Id, bool Negated = false) : Value
{
    /// <summary>Gets what a true and a false answer prove.</summary>
    public Meaning? Meaning { get; init; }
}

/// <summary>Is what the answer of a bool member says of a device.</summary>
/// <param name="Kind">What it speaks of.</param>
/// <param name="When">The answer that says it.</param>
/// <param name="Devices">The devices.</param>
internal sealed record Meaning(MeaningKind Kind, bool When, DeviceSet Devices);

/// <summary>Says what the answer of a bool member is good for.</summary>
internal enum MeaningKind
{
    /// <summary>It proves who holds the device.</summary>
    Proof,

    /// <summary>It tells that the device is wanted back.</summary>
    Stop,

    /// <summary>It tells how the device looked a moment ago.</summary>
    Hint,
}

/// <summary>Is a reference to one of a few devices, or to what a device is reached through.</summary>
internal sealed record ReferenceValue(DeviceSet Devices) : Value
{
    /// <summary>Gets whether the accesses made through it are not checked.</summary>
    public bool Unchecked { get; init; }
}

/// <summary>Is a handle: a value that owns one hold of its devices.</summary>
/// <param name="Devices">The devices.</param>
/// <param name="Site">The grab that made it.</param>
/// <param name="Acquired">Whether the grab succeeded.</param>
internal sealed record HandleValue(DeviceSet Devices, SyntaxNode Site, bool Acquired) : Value
{
    /// <summary>Gets the bool member that tells whether the grab succeeded.</summary>
    public string? SuccessMember { get; init; }

    /// <summary>Gets the hold that an inverse scope takes again when it ends.</summary>
    public Hold? Restores { get; init; }

    /// <summary>Gets whether it is a stack-only scope, which the compiler itself keeps from living over an await.</summary>
    public bool IsRefLike { get; init; }
}

/// <summary>Is a handle that a task will give once it is awaited.</summary>
internal sealed record PendingValue(DeviceSet Devices, SyntaxNode Site, ITypeSymbol? Result) : Value;

/// <summary>Is the answer of a try-grab that a task will give once it is awaited.</summary>
internal sealed record PendingTryValue(DeviceSet Devices, SyntaxNode Site, Clause Clause, ITypeSymbol? Result) : Value;

/// <summary>Is a view of a device, valid as long as the hold that it was made under.</summary>
internal sealed record ViewValue(DeviceSet Devices, bool Dead) : Value;

/// <summary>Is data that was read from a device.</summary>
internal sealed record DataValue(DeviceSet Devices, bool Stale) : Value;

/// <summary>Is code that can be run: a lambda, a local function or a method.</summary>
/// <param name="Operation">The operation that made it.</param>
/// <param name="Method">What would run.</param>
/// <param name="Receiver">What it runs on.</param>
internal sealed record CodeValue(IOperation Operation, IMethodSymbol Method, Value? Receiver) : Value
{
    /// <inheritdoc/>
    public bool Equals(CodeValue? other) => other is not null && ReferenceEquals(Operation.Syntax, other.Operation.Syntax);

    /// <inheritdoc/>
    public override int GetHashCode() => Operation.Syntax.GetHashCode();
}

/// <summary>Is a tuple of values.</summary>
internal sealed record TupleValue(ImmutableArray<Value> Elements) : Value
{
    /// <inheritdoc/>
    public bool Equals(TupleValue? other) => other is not null && Elements.SequenceEqual(other.Elements);

    /// <inheritdoc/>
    public override int GetHashCode() => Elements.Length;
}
