using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Operations;

/// <summary>Is the argument of any operation as plain bytes: what passes through the hypercall.</summary>
/// <remarks>
/// The hypervisor copies the inputs (bytes 0-31) in once, works on the copy, and writes the outputs (bytes 32-127) of that
/// operation once. Input bytes that an operation does not use must be zero, so that they can get a meaning later.
/// Source: <c>docs/abi.md</c>, "The hypercall".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct DeviceOpArgument
{
    /// <summary>The size of every argument, bytes, in every version.</summary>
    [CName("VPIO_DEVICE_OP_ARGUMENT_BYTES")]
    public const int Size = 128;

    /// <summary>The size of the inputs, bytes from the start.</summary>
    [CName("VPIO_DEVICE_OP_INPUT_BYTES")]
    public const int InputSize = 32;

    /// <summary>[GST] The first eight bytes of the inputs.</summary>
    /// <remarks>Unit: as the operation says. Ordering: copied in once by the call. Source: docs/abi.md, "The hypercall".</remarks>
    [FieldOffset(0)]
    public ulong Input0;

    /// <summary>[GST] Bytes 8-15 of the inputs.</summary>
    /// <remarks>Unit: as the operation says. Ordering: copied in once by the call. Source: docs/abi.md, "The hypercall".</remarks>
    [FieldOffset(8)]
    public ulong Input1;

    /// <summary>[GST] Bytes 16-23 of the inputs.</summary>
    /// <remarks>Unit: as the operation says. Ordering: copied in once by the call. Source: docs/abi.md, "The hypercall".</remarks>
    [FieldOffset(16)]
    public ulong Input2;

    /// <summary>[GST] Bytes 24-31 of the inputs.</summary>
    /// <remarks>Unit: as the operation says. Ordering: copied in once by the call. Source: docs/abi.md, "The hypercall".</remarks>
    [FieldOffset(24)]
    public ulong Input3;

    /// <summary>[HV] The outputs: twelve times eight bytes, of which this names the first.</summary>
    /// <remarks>Unit: as the operation says. Ordering: written once, on success only, before the call returns. Source: docs/abi.md, "The hypercall".</remarks>
    [FieldOffset(InputSize), Elements((Size - InputSize) / sizeof(ulong))]
    public ulong Output;
}
