using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Devices;

namespace Vpio.Coyote.Tests.Control;

/// <summary>Is a device that does nothing and has no thread, so that a scenario has only the threads that it is about.</summary>
internal sealed class StillDevice : IDevice
{
    public DeviceClass Class => DeviceClass.Network;

    public uint WindowBytes => 4096;

    public void PlugIn(DeviceGate gate)
    {
    }

    public void Unplug()
    {
    }

    public DeviceContext CreateContext(GuestAttachment attachment) => new Context();

    public void RemoveContext(DeviceContext context)
    {
    }

    public void Wake()
    {
    }

    public bool IsSuspended(DeviceContext context) => ((Context)context).IsSuspended;

    private sealed class Context : DeviceContext
    {
        private bool _suspended;

        public bool IsSuspended => Volatile.Read(ref _suspended);

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

        public override void Suspend() => Volatile.Write(ref _suspended, true);

        public override void Resume() => Volatile.Write(ref _suspended, false);

        public override void Describe(ref QueryArgs query)
        {
        }
    }
}
