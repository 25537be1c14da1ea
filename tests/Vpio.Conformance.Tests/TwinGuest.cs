using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Conformance.Tests;

/// <summary>Makes a hypercall, or loads a value, in place of the hypervisor: how a twin breaks a rule.</summary>
internal delegate long TwinCall(ITestGuest guest, uint cmd, ref DeviceOpArgument argument);

/// <summary>Is a guest of a hypervisor with one planted fault: what it sees passes through the fault.</summary>
/// <param name="guest">The guest.</param>
/// <param name="testbed">The hypervisor.</param>
/// <param name="plant">The fault.</param>
internal sealed class TwinGuest(ITestGuest guest, TwinTestbed testbed, Plant plant) : ITestGuest
{
    public ITestGuest Real => guest;

    public DomainId Id => guest.Id;

    public ulong MemoryBytes => guest.MemoryBytes;

    public bool MayFault => true; // The store is kept from the real page.

    public long Call(uint cmd, ref DeviceOpArgument argument) => plant.Call is { } call ? call(guest, cmd, ref argument) : guest.Call(cmd, ref argument);

    public ulong Read(GuestSpace space, ulong offset, int bytes)
    {
        if (testbed.DevicePageWasWritten && plant.DevicePageIsWritable && space.Kind == GuestSpaceKind.DevicePage && offset == 0)
            return 0xDEAD_BEEF;
        ulong value = guest.Read(space, offset, bytes);
        return plant.Read is { } read ? read(space, offset, value) : value;
    }

    public void Write(GuestSpace space, ulong offset, int bytes, ulong value)
    {
        if (space.Kind == GuestSpaceKind.DevicePage)
            testbed.DevicePageWasWritten = true;
        else if (plant.Write is not { } write || write(space, offset))
            guest.Write(space, offset, bytes, value);
    }

    public void Kick(DeviceIndex device) => guest.Kick(device);
}
