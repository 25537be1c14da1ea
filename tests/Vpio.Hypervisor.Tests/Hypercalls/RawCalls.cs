using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Makes hypercalls out of plain bytes, as no driver would.</summary>
internal static class RawCalls
{
    /// <summary>What the output bytes hold before a call.</summary>
    public const byte Garbage = 0xA5;

    /// <summary>Makes an argument with these inputs and garbage behind them.</summary>
    public static DeviceOpArgument Argument(params ReadOnlySpan<ulong> inputs)
    {
        DeviceOpArgument argument = default;
        Bytes(ref argument).Fill(Garbage);
        argument.Input0 = inputs.Length > 0 ? inputs[0] : 0;
        argument.Input1 = inputs.Length > 1 ? inputs[1] : 0;
        argument.Input2 = inputs.Length > 2 ? inputs[2] : 0;
        argument.Input3 = inputs.Length > 3 ? inputs[3] : 0;
        return argument;
    }

    public static DeviceStatus Call(this IHypercallPort port, DeviceOp operation, params ReadOnlySpan<ulong> inputs)
    {
        DeviceOpArgument argument = Argument(inputs);
        return port.Call(operation, ref argument);
    }

    public static DeviceStatus Call(this IHypercallPort port, DeviceOp operation, ref DeviceOpArgument argument) =>
        (DeviceStatus)port.Call((uint)operation, ref argument);

    public static DeviceStatus CallWithNull(this IHypercallPort port, uint cmd) =>
        (DeviceStatus)port.Call(cmd, ref Unsafe.NullRef<DeviceOpArgument>());

    public static byte[] Copy(ref DeviceOpArgument argument) => Bytes(ref argument).ToArray();

    public static byte[] Outputs(ref DeviceOpArgument argument) => Copy(ref argument)[DeviceOpArgument.InputSize..];

    /// <summary>Flips one of the 256 bits of the inputs.</summary>
    public static void FlipInputBit(ref DeviceOpArgument argument, int bit) => Bytes(ref argument)[bit / 8] ^= (byte)(1 << (bit % 8));

    /// <summary>Shows a device's slot as bytes: everything of it that a guest can see.</summary>
    public static byte[] SlotBytes(this IHypercallPort port, uint device)
    {
        DeviceSlot slot = DevicePage.Slot(in port.DevicePage, new DeviceIndex(device));
        return MemoryMarshal.AsBytes(new ReadOnlySpan<DeviceSlot>(in slot)).ToArray();
    }

    // SAFETY: the argument is 128 plain bytes on its caller's stack; the span is used within the members above only.
    private static Span<byte> Bytes(ref DeviceOpArgument argument) => MemoryMarshal.AsBytes(new Span<DeviceOpArgument>(ref argument));
}
