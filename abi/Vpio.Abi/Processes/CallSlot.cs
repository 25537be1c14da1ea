using System.Runtime.InteropServices;
using Vpio.Abi.Layout;
using Vpio.Abi.Operations;

namespace Vpio.Abi.Processes;

/// <summary>Carries one hypercall of a guest in a process of its own, there and back.</summary>
/// <remarks>
/// The guest writes <see cref="Cmd"/> and <see cref="Argument"/>, then adds 1 to <see cref="Turn"/>, which is odd now: the hypervisor's turn. That writes the outputs
/// and <see cref="Result"/>, and adds 1 again. Who waits spins for a moment, says that it sleeps, looks once more, and sleeps on <see cref="Turn"/> by futex; who has
/// passed the turn looks whether the other sleeps, and wakes it. Source: <c>docs/guests.md</c>, "Call slot".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct CallSlot
{
    /// <summary>The size of a slot, bytes: three cache lines.</summary>
    public const int Size = 192;

    /// <summary>Whose turn it is: even the guest's, odd the hypervisor's; [GST] and [HV] add 1 in turn. The futex word of both.</summary>
    /// <remarks>Unit: turns, modulo 2^32. Ordering: store-release after all else in the slot, then a full fence before the other's flag is looked at. Source: docs/guests.md, "Call slot".</remarks>
    [FieldOffset(0), SharedWord]
    public uint Turn;

    /// <summary>[GST] The operation, a <see cref="DeviceOp"/>.</summary>
    /// <remarks>Unit: number. Ordering: written before <see cref="Turn"/>. Source: docs/guests.md, "Call slot".</remarks>
    [FieldOffset(4)]
    public uint Cmd;

    /// <summary>[HV] The result: a <see cref="DeviceStatus"/>, in two's complement.</summary>
    /// <remarks>Unit: status. Ordering: written before <see cref="Turn"/>. Source: docs/guests.md, "Call slot".</remarks>
    [FieldOffset(8)]
    public ulong Result;

    /// <summary>[HV] Not 0 while the hypervisor sleeps on <see cref="Turn"/>, or is about to: wake it after passing the turn.</summary>
    /// <remarks>Unit: flag, 0 or not. Ordering: written with a full fence before the last look at <see cref="Turn"/>. Source: docs/guests.md, "Call slot".</remarks>
    [FieldOffset(16), SharedWord]
    public uint HypervisorAsleep;

    /// <summary>[GST] Not 0 while the guest sleeps on <see cref="Turn"/>, or is about to: wake it after passing the turn.</summary>
    /// <remarks>Unit: flag, 0 or not. Ordering: written with a full fence before the last look at <see cref="Turn"/>. Source: docs/guests.md, "Call slot".</remarks>
    [FieldOffset(20), SharedWord]
    public uint GuestAsleep;

    /// <summary>[GST] Reserved, zero.</summary>
    [FieldOffset(24), Elements((64 - 24) / sizeof(ulong))]
    private readonly ulong _reserved;

    /// <summary>[GST] writes the inputs, [HV] the outputs.</summary>
    /// <remarks>Unit: as the operation says. Ordering: written before <see cref="Turn"/>. Source: docs/guests.md, "Call slot".</remarks>
    [FieldOffset(64)]
    public DeviceOpArgument Argument;
}
