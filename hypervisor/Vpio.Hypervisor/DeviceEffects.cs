using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor;

/// <summary>Makes the ownership protocol's effects happen to a shared device.</summary>
/// <param name="device">The device.</param>
internal readonly struct DeviceEffects(SharedDevice device) : IOwnershipEffects
{
    public void Joining(DomainId guest) => device.Joining(guest);

    public void Left() => device.Left();

    public void Ended(StateWord held) => device.Ended(held);

    public void Quiesce() => device.Gate.Quiesce();

    public void ResetContext(DomainId former) => device.Gate.ContextOf(former)?.Reset();

    public void Switch(DomainId from, DomainId to) => device.Switch(from, to);

    public void Granting(DomainId guest, bool queued) => device.Granting(guest, queued);

    public void Granted(StateWord owned, bool queued) => device.Granted(owned, queued);

    public void Tell(StateWord owned) => device.Raise(owned.Owner, DeviceEvents.Granted);

    public void StartSlice(StateWord owned) => device.StartSlice(owned);

    public void CutSlice(StateWord owned) => device.CutSlice(owned);

    public void Removed(DomainId guest) => device.Raise(guest, DeviceEvents.Removed);
}
