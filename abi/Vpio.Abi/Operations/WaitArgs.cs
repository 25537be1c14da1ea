using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Operations;

/// <summary>Is the argument of <see cref="DeviceOp.Wait"/>: sleeps until an upcall is pending.</summary>
/// <remarks>
/// It unmasks upcalls first, as SCHEDOP_block does; the last look at the pending upcall and the sleep are one step, so no
/// wake-up is lost. Blocks the calling vCPU.
/// Results: 0: an upcall is pending. <see cref="DeviceStatus.TimedOut"/>. <see cref="DeviceStatus.Denied"/>: the guest was stopped, and its sleep ended with it.
/// Source: <c>docs/abi.md</c>, "The hypercall".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = DeviceOpArgument.Size)]
public struct WaitArgs : IDeviceOpArgs
{
    /// <summary>The value of <see cref="TimeoutNs"/> that sets no limit.</summary>
    [CName("VPIO_WAIT_FOREVER")]
    public const ulong Forever = ulong.MaxValue;

    /// <summary>[GST] How long at most, nanoseconds; <see cref="Forever"/> for no limit.</summary>
    /// <remarks>Unit: nanoseconds. Ordering: copied in once by the call. Source: docs/abi.md, "Operations".</remarks>
    [FieldOffset(0)]
    public ulong TimeoutNs;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(8)]
    public ulong Reserved0;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(16)]
    public ulong Reserved1;

    /// <summary>[GST] Reserved, zero: anything else is <see cref="DeviceStatus.Invalid"/>.</summary>
    [FieldOffset(24)]
    public ulong Reserved2;

    /// <summary>[HV] Reserved, zero.</summary>
    [FieldOffset(DeviceOpArgument.InputSize), Elements((DeviceOpArgument.Size - DeviceOpArgument.InputSize) / sizeof(ulong))]
    private readonly ulong _reserved;

    /// <inheritdoc/>
    public readonly DeviceOp Operation => DeviceOp.Wait;
}
