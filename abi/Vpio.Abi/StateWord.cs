using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Is the ownership of a device in one word: state (bits 0-7), owner (8-23), generation (24-63).</summary>
/// <param name="value">The 64 bits as they stand in <see cref="DeviceSlot.State"/>.</param>
/// <remarks>
/// Always read and replaced whole: the pair of owner and generation is the ownership, so a stale holder never passes
/// for the present one. Source: <c>docs/abi.md</c>, "The state word".
/// </remarks>
[WordFormat]
public readonly struct StateWord(ulong value) : IEquatable<StateWord>
{
    /// <summary>How many bits the state has, from bit 0 on.</summary>
    public const int StateBits = 8;

    /// <summary>The lowest bit of the owner.</summary>
    public const int OwnerShift = 8;

    /// <summary>How many bits the owner has.</summary>
    public const int OwnerBits = 16;

    /// <summary>The lowest bit of the generation.</summary>
    public const int GenerationShift = 24;

    /// <summary>How many bits the generation has.</summary>
    public const int GenerationBits = 40;

    /// <summary>Builds the word of a state, an owner and a generation.</summary>
    /// <param name="state">What the device does.</param>
    /// <param name="owner">Who holds it, or <see cref="DomainId.Invalid"/>.</param>
    /// <param name="generation">The ownership's number.</param>
    public StateWord(DeviceState state, DomainId owner, Generation generation)
        : this((byte)state | ((ulong)owner.Value << OwnerShift) | (generation.Value << GenerationShift))
    {
    }

    /// <summary>Gets the word of an unused slot: offline, no owner, generation 0.</summary>
    public static StateWord Unused => new(DeviceState.Offline, DomainId.Invalid, default);

    /// <summary>Gets the 64 bits.</summary>
    public ulong Value { get; } = value;

    /// <summary>Gets what the device does.</summary>
    public DeviceState State => (DeviceState)(byte)Value;

    /// <summary>Gets who holds the device (or is next, while it is reclaimed); <see cref="DomainId.Invalid"/> for nobody.</summary>
    public DomainId Owner => new((ushort)(Value >> OwnerShift));

    /// <summary>Gets the ownership's number.</summary>
    public Generation Generation => new(Value >> GenerationShift);

    /// <summary>Gets whether somebody holds the device: only <see cref="DeviceState.Owned"/> and <see cref="DeviceState.Revoking"/> mean that.</summary>
    public bool IsHeld => State is DeviceState.Owned or DeviceState.Revoking;

    /// <summary>Tells whether two words are the same.</summary>
    /// <param name="left">One word.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when all 64 bits agree.</returns>
    public static bool operator ==(StateWord left, StateWord right) => left.Value == right.Value;

    /// <summary>Tells whether two words differ.</summary>
    /// <param name="left">One word.</param>
    /// <param name="right">The other.</param>
    /// <returns><see langword="true"/> when any bit differs.</returns>
    public static bool operator !=(StateWord left, StateWord right) => left.Value != right.Value;

    /// <summary>Tells whether this word says that a guest holds the device in a generation.</summary>
    /// <param name="owner">The guest.</param>
    /// <param name="generation">The ownership it believes to have.</param>
    /// <returns><see langword="true"/> when it is so.</returns>
    public bool IsHeldBy(DomainId owner, Generation generation) =>
        IsHeld && Owner == owner && Generation == generation;

    /// <summary>Keeps owner and generation under another state.</summary>
    /// <param name="state">The other state.</param>
    /// <returns>The word so changed.</returns>
    public StateWord With(DeviceState state) => new((Value & ~0xFFUL) | (byte)state);

    /// <summary>Keeps the generation under another state, with no owner.</summary>
    /// <param name="state">The other state.</param>
    /// <returns>The word so changed.</returns>
    public StateWord WithoutOwner(DeviceState state) => new(state, DomainId.Invalid, Generation);

    /// <summary>Gets the word with no owner, under another state and the next generation: nobody ever owned the device in it.</summary>
    /// <param name="state">The other state.</param>
    /// <returns>The word so changed.</returns>
    public StateWord Renewed(DeviceState state) => new(state, DomainId.Invalid, Generation.Next);

    /// <summary>Builds the word of the next grant: another owner, the next generation.</summary>
    /// <param name="state">The state it is granted in.</param>
    /// <param name="owner">The guest it is granted to.</param>
    /// <returns>The word of that grant.</returns>
    public StateWord NextGrant(DeviceState state, DomainId owner) => new(state, owner, Generation.Next);

    /// <inheritdoc/>
    public bool Equals(StateWord other) => Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StateWord other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => $"{State}({Owner}, {Generation}) 0x{Value:x16}";
}
