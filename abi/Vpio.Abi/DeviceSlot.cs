using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Is a device's entry in the device page: one cache line, so that devices never share one.</summary>
/// <remarks>
/// Ordering: acquire-load <see cref="State"/> first; the other fields are hints about it.
/// Source: <c>docs/abi.md</c>, "Device page".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct DeviceSlot
{
    /// <summary>The size of a slot, bytes.</summary>
    public const int Size = 64;

    /// <summary>[HV] The <see cref="StateWord"/>. Shared word: only through <see cref="ReadState"/> and atomic operations.</summary>
    /// <remarks>Unit: state word. Ordering: load-acquire by guests, full fence by the hypervisor; read and replaced whole. Source: docs/abi.md, "Device slot".</remarks>
    [FieldOffset(0), SharedWord(typeof(StateWord))]
    public ulong State;

    /// <summary>[HV] When the owner's slice ends, nanoseconds of the hypervisor's monotonic clock; 0: no limit while nobody waits.</summary>
    /// <remarks>Unit: nanoseconds of the hypervisor's monotonic clock. Ordering: a hint, relaxed; what it belongs to is told by <see cref="State"/>. Source: docs/abi.md, "Device slot".</remarks>
    [FieldOffset(8), SharedWord]
    public ulong SliceEndNs;

    /// <summary>[HV] When a revoked owner is stopped by force, nanoseconds of the same clock; 0: not revoked.</summary>
    /// <remarks>Unit: nanoseconds of the hypervisor's monotonic clock. Ordering: a hint, relaxed; what it belongs to is told by <see cref="State"/>. Source: docs/abi.md, "Device slot".</remarks>
    [FieldOffset(16), SharedWord]
    public ulong GraceEndNs;

    /// <summary>[HV] How many guests are queued, a hint.</summary>
    /// <remarks>Unit: guests. Ordering: a hint, relaxed; what it belongs to is told by <see cref="State"/>. Source: docs/abi.md, "Device slot".</remarks>
    [FieldOffset(24), SharedWord]
    public uint Waiters;

    /// <summary>[HV] The <see cref="Abi.DeviceClass"/> of the device; 0 for an unused slot.</summary>
    /// <remarks>Unit: class number. Ordering: changes only while <see cref="State"/> is offline. Source: docs/abi.md, "Device slot".</remarks>
    [FieldOffset(28), SharedWord]
    public uint DeviceClass;

    /// <summary>[HV] How often the device was granted so far.</summary>
    /// <remarks>Unit: grants. Ordering: a hint, relaxed; what it belongs to is told by <see cref="State"/>. Source: docs/abi.md, "Device slot".</remarks>
    [FieldOffset(32), SharedWord]
    public ulong Grants;

    /// <summary>[HV] How many owners were stopped by force so far.</summary>
    /// <remarks>Unit: stops. Ordering: a hint, relaxed; what it belongs to is told by <see cref="State"/>. Source: docs/abi.md, "Device slot".</remarks>
    [FieldOffset(40), SharedWord]
    public ulong ForcedStops;

    /// <summary>[HV] How many upcalls for a used-up slice were sent so far.</summary>
    /// <remarks>Unit: upcalls. Ordering: a hint, relaxed; what it belongs to is told by <see cref="State"/>. Source: docs/abi.md, "Device slot".</remarks>
    [FieldOffset(48), SharedWord]
    public ulong Revocations;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(56)]
    public ulong Reserved;

    /// <summary>Reads the state word of a slot, also through a read-only mapping: one load, no write.</summary>
    /// <param name="slot">The slot, in the device page.</param>
    /// <returns>The word as it stood.</returns>
    /// <remarks>
    /// A 32-bit process cannot load 64 bits in one plain access, and a compare-exchange faults on a read-only page:
    /// such a guest asks <see cref="DeviceOp.GetState"/>.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static StateWord ReadState(ref readonly DeviceSlot slot) =>

        // SAFETY: the reference is only read through; Volatile.Read takes no read-only one on every target.
        // ORDER acquire: what the hypervisor published before this word is seen after it. Pairs with TMemory.Exchange in DeviceOwnership.Publish.
        new(Volatile.Read(ref Unsafe.AsRef(in slot.State)));
}
