using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver;

/// <summary>Makes hypercalls with typed arguments.</summary>
internal static class DeviceCall
{
    /// <summary>Makes the operation that an argument belongs to.</summary>
    /// <typeparam name="TArgs">The argument of one operation.</typeparam>
    /// <param name="port">The way to the hypervisor.</param>
    /// <param name="args">The argument; the hypervisor writes its outputs into it.</param>
    /// <returns>The status.</returns>
    internal static DeviceStatus Make<TArgs>(IHypercallPort port, ref TArgs args)
        where TArgs : unmanaged, IDeviceOpArgs
    {
        if (Unsafe.SizeOf<TArgs>() != DeviceOpArgument.Size)
            throw new ArgumentException($"{typeof(TArgs).Name} has {Unsafe.SizeOf<TArgs>()} bytes, not {DeviceOpArgument.Size}: it is no argument of an operation.", nameof(args));

        // SAFETY: both types are plain bytes of the size just compared, both are aligned to 8 by their u64 fields, and the
        // reference lives only as long as the call, which the caller's variable outlives.
        return (DeviceStatus)port.Call((uint)args.Operation, ref Unsafe.As<TArgs, DeviceOpArgument>(ref args));
    }
}
