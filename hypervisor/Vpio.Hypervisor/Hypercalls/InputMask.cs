using Vpio.Abi.Operations;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Says which bits of the 32 input bytes an operation knows.</summary>
/// <param name="Word0">Bytes 0-7.</param>
/// <param name="Word1">Bytes 8-15.</param>
/// <param name="Word2">Bytes 16-23.</param>
/// <param name="Word3">Bytes 24-31.</param>
internal readonly record struct InputMask(ulong Word0, ulong Word1 = 0, ulong Word2 = 0, ulong Word3 = 0)
{
    /// <summary>The mask of a word that is all input.</summary>
    public const ulong All = ulong.MaxValue;

    /// <summary>The mask of a word whose first half is input.</summary>
    public const ulong Half = uint.MaxValue;

    /// <summary>Tells whether every other bit is zero.</summary>
    /// <param name="inputs">The private copy of the inputs.</param>
    /// <returns>Whether nothing unknown is asked for.</returns>
    public bool Covers(in DeviceOpArgument inputs) =>
        ((inputs.Input0 & ~Word0) | (inputs.Input1 & ~Word1) | (inputs.Input2 & ~Word2) | (inputs.Input3 & ~Word3)) == 0;
}
