using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <summary>Is thrown when a hypercall ends with a status that its operation does not explain.</summary>
/// <param name="operation">The operation.</param>
/// <param name="status">The status.</param>
/// <param name="detail">What the call was about.</param>
public sealed class DeviceCallException(DeviceOp operation, DeviceStatus status, string detail)
    : Exception($"{operation} of {detail} ended with {status} ({(int)status}, 0x{unchecked((uint)(int)status):x8}).")
{
    /// <summary>Gets the operation.</summary>
    public DeviceOp Operation { get; } = operation;

    /// <summary>Gets the status.</summary>
    public DeviceStatus Status { get; } = status;
}
