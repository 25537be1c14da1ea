using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hypervisor.Hypercalls;

/// <summary>Is one operation of <c>HYPERVISOR_device_op</c>: which inputs it has, and what it does with a private copy of them.</summary>
/// <typeparam name="TArgs">Its argument.</typeparam>
internal interface IOperation<TArgs>
    where TArgs : unmanaged, IDeviceOpArgs
{
    /// <summary>Gets the minor version that the operation came with: where an earlier one is in force, it does not exist.</summary>
    static virtual ushort Since => 0;

    /// <summary>Gets which bits of the inputs have a meaning; all others must be zero.</summary>
    static abstract InputMask Inputs { get; }

    /// <summary>Does it.</summary>
    /// <param name="caller">Who calls.</param>
    /// <param name="args">The private copy: inputs as they came, outputs zero. Outputs reach the caller only with success.</param>
    /// <returns>The result of the call.</returns>
    static abstract DeviceStatus Execute(Guest caller, ref TArgs args);
}
