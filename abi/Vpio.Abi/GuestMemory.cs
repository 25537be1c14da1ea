namespace Vpio.Abi;

/// <summary>Is the memory of a guest, as the guest sees it: one range, whose offsets are the addresses of <see cref="DeviceOp.Map"/>.</summary>
/// <param name="start">Where it is mapped in the guest.</param>
/// <param name="lengthBytes">How long it is, bytes.</param>
public readonly struct GuestMemory(nint start, long lengthBytes)
{
    /// <summary>Gets where the memory is mapped in the guest.</summary>
    public nint Start { get; } = start;

    /// <summary>Gets how long it is, bytes.</summary>
    public long LengthBytes { get; } = lengthBytes;
}
