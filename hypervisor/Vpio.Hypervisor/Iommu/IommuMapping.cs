using Vpio.Abi.Operations;

namespace Vpio.Hypervisor.Iommu;

/// <summary>Maps one range of device addresses to one range of guest memory.</summary>
/// <param name="Iova">Where it begins for the device.</param>
/// <param name="Offset">Where it begins in the guest's memory, bytes.</param>
/// <param name="Length">How long it is, bytes; <c>Iova + Length</c> does not wrap.</param>
/// <param name="Access">What a device may do there.</param>
internal readonly record struct IommuMapping(ulong Iova, long Offset, ulong Length, DmaAccess Access)
{
    /// <summary>Gets the first device address after the range.</summary>
    public ulong End => Iova + Length;

    /// <summary>Tells whether an address lies within the range.</summary>
    /// <param name="iova">The address.</param>
    /// <returns>Whether it does.</returns>
    public bool Contains(ulong iova) => unchecked(iova - Iova) < Length;

    /// <summary>Tells whether an access lies within the range and is allowed.</summary>
    /// <param name="iova">Where it begins; below <see cref="End"/>.</param>
    /// <param name="length">How long it is, bytes.</param>
    /// <param name="access">What it is.</param>
    /// <returns>Whether it may be made.</returns>
    public bool Allows(ulong iova, uint length, DmaAccess access) =>
        iova >= Iova && length <= End - iova && (Access & access) == access;

    /// <summary>Translates an address within the range.</summary>
    /// <param name="iova">The address.</param>
    /// <returns>Its place in the guest's memory, bytes.</returns>
    public long OffsetOf(ulong iova) => Offset + (long)(iova - Iova);
}
