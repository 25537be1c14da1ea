using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hostile.Attacks;

namespace Vpio.Hostile.Grounds;

/// <summary>Is the register window of a device as a virtual machine has it: an address that it can always try, whosever the device is.</summary>
/// <param name="port">The machine's port.</param>
/// <param name="device">The device.</param>
internal sealed class MachineWindow(MachinePort port, DeviceIndex device) : IHostileWindow
{
    /// <inheritdoc/>
    public uint LengthBytes => device.IsValid ? NicRegister.WindowBytes : 0;

    /// <inheritdoc/>
    public uint Read32(uint offset) => (uint)port.Load(device, offset, sizeof(uint));

    /// <inheritdoc/>
    public ulong Read64(uint offset) => port.Load(device, offset, sizeof(ulong));

    /// <inheritdoc/>
    public void Write32(uint offset, uint value) => port.Store(device, offset, sizeof(uint), value);

    /// <inheritdoc/>
    public void Write64(uint offset, ulong value) => port.Store(device, offset, sizeof(ulong), value);
}
