using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Layout;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Iommu;

/// <summary>Is a device's only way to the memory of one guest: every access goes through that guest's IOMMU domain.</summary>
/// <remarks>Everything read is copied out: what the guest changes afterwards, the device does not see. Threads: the device's own.</remarks>
public sealed class DmaPort
{
    private readonly IommuDomain _domain;

    [GuestWritable]
    private readonly Mapping _memory;

    internal DmaPort(IommuDomain domain, Mapping memory)
    {
        _domain = domain;
        _memory = memory;
    }

    /// <summary>Copies bytes out of guest memory.</summary>
    /// <param name="from">Where they are.</param>
    /// <param name="into">Where to copy them, not empty.</param>
    /// <returns><see langword="false"/> when the IOMMU blocked the access; nothing was copied then.</returns>
    [GuestWritable]
    public bool TryRead(Iova from, Span<byte> into)
    {
        if (!_domain.TryTranslate(from.Value, (uint)into.Length, DmaAccess.Read, out long offset))
            return false;
        _memory.Bytes(offset, into.Length).CopyTo(into);
        return true;
    }

    /// <summary>Copies bytes into guest memory.</summary>
    /// <param name="bytes">The bytes, not empty.</param>
    /// <param name="to">Where they go.</param>
    /// <returns><see langword="false"/> when the IOMMU blocked the access; nothing was copied then.</returns>
    public bool TryWrite(ReadOnlySpan<byte> bytes, Iova to)
    {
        if (!_domain.TryTranslate(to.Value, (uint)bytes.Length, DmaAccess.Write, out long offset))
            return false;
        bytes.CopyTo(_memory.Bytes(offset, bytes.Length));
        return true;
    }

    /// <summary>Copies a value out of guest memory.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="from">Where it is.</param>
    /// <param name="value">The private copy.</param>
    /// <returns><see langword="false"/> when the IOMMU blocked the access.</returns>
    [GuestWritable]
    public bool TryRead<T>(Iova from, out T value)
        where T : unmanaged
    {
        bool allowed = _domain.TryTranslate(from.Value, (uint)Unsafe.SizeOf<T>(), DmaAccess.Read, out long offset);

        // SAFETY: the span covers the bytes of one value, which has no references in it; they need not be aligned.
        value = allowed ? MemoryMarshal.Read<T>(_memory.Bytes(offset, Unsafe.SizeOf<T>())) : default;
        return allowed;
    }

    /// <summary>Writes 32 bits into guest memory so that they are seen after everything written before them.</summary>
    /// <param name="value">The bits.</param>
    /// <param name="to">Where they go, a multiple of 4.</param>
    /// <returns><see langword="false"/> when the IOMMU blocked the access, or it was not aligned.</returns>
    public bool TryPublish(uint value, Iova to)
    {
        if (to.Value % sizeof(uint) != 0 || !_domain.TryTranslate(to.Value, sizeof(uint), DmaAccess.Write, out long offset))
            return false;

        // ORDER release: the buffer is seen before the flag that says it is filled. Pairs with Volatile.Read in NicReceiver.TryReceive.
        Volatile.Write(ref _memory.At<uint>(offset), value);
        return true;
    }

    /// <summary>Writes 64 bits into guest memory, in one step, so that they are seen after everything written before them.</summary>
    /// <param name="value">The bits.</param>
    /// <param name="to">Where they go, a multiple of 8.</param>
    /// <returns><see langword="false"/> when the IOMMU blocked the access, or it was not aligned.</returns>
    public bool TryPublish(ulong value, Iova to)
    {
        if (to.Value % sizeof(ulong) != 0 || !_domain.TryTranslate(to.Value, sizeof(ulong), DmaAccess.Write, out long offset))
            return false;

        // ORDER release: the buffer is seen before the flag that says it is filled. Pairs with Volatile.Read in NicReceiver.TryReceive.
        Volatile.Write(ref _memory.At<ulong>(offset), value);
        return true;
    }
}
