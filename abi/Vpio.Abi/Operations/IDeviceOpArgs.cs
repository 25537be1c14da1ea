namespace Vpio.Abi.Operations;

/// <summary>Marks the argument of one operation: 128 bytes, the inputs in bytes 0-31, the outputs in bytes 32-127.</summary>
public interface IDeviceOpArgs
{
    /// <summary>Gets the operation that takes this argument.</summary>
    DeviceOp Operation { get; }
}
