using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Devices;

namespace Vpio.Benchmarks;

/// <summary>Is a device that does nothing, so that what is measured is the sharing alone.</summary>
internal sealed class BareDevice : IDevice
{
    public DeviceClass Class => DeviceClass.None;

    public uint WindowBytes => 4096;

    public void PlugIn(DeviceGate gate)
    {
    }

    public void Unplug()
    {
    }

    public DeviceContext CreateContext(GuestAttachment attachment) => new BareContext();

    public void RemoveContext(DeviceContext context)
    {
    }

    public void Wake()
    {
    }

    private sealed class BareContext : DeviceContext
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

        public override void OwnershipEnded()
        {
        }

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
