using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Devices;

namespace Vpio.Machines.Tests;

/// <summary>Is a device of nothing but registers, for one guest. It shows two moments: an access to a register is about to be made; an ownership has ended.</summary>
internal sealed class WatchedDevice : IDevice
{
    private GuestAttachment? _attachment; // It keeps the window mapped.

    /// <summary>Gets or sets what is done right before the next access of a machine is made: its guest was looked at, and owned the device. Done once.</summary>
    public Action? Accessing { get; set; }

    /// <summary>Gets or sets what is done when an ownership has ended: the guest's window is closed, and nobody else was granted the device yet.</summary>
    public Action? Ended { get; set; }

    public DeviceClass Class => DeviceClass.None;

    // Who makes an access asks how many registers there are.
    public uint WindowBytes
    {
        get
        {
            Action? accessing = Accessing;
            Accessing = null;
            accessing?.Invoke();
            return 4096;
        }
    }

    public uint Read(uint register) => _attachment!.Window.Read32(register);

    public void PlugIn(DeviceGate gate)
    {
    }

    public void Unplug()
    {
    }

    public DeviceContext CreateContext(GuestAttachment attachment)
    {
        _attachment = attachment;
        return new Context(this);
    }

    public void RemoveContext(DeviceContext context)
    {
    }

    public void Wake()
    {
    }

    private sealed class Context(WatchedDevice device) : DeviceContext
    {
        public override void Save()
        {
        }

        public override void Load()
        {
        }

        public override void Reset()
        {
        }

        public override void OwnershipBegan()
        {
        }

        public override void OwnershipEnded() => device.Ended?.Invoke();

        public override void Suspend()
        {
        }

        public override void Resume()
        {
        }

        public override void Describe(ref QueryArgs query)
        {
        }
    }
}
