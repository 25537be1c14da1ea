using System.Reflection;
using Vpio.Abi;
using Vpio.Hypervisor.Guests;

namespace Vpio.Machines.Tests;

/// <summary>Is what a guest runs in, but for the ends of ownerships: nobody who ends one waits for an access that is being made.</summary>
/// <param name="sound">What it really runs in.</param>
internal sealed class ForgetfulBody(IGuestBody sound) : IGuestBody
{
    public bool IsMortal => sound.IsMortal;

    /// <summary>Puts one in the place of a guest's body.</summary>
    public static void PlantInto(Guest guest) =>
        typeof(Guest).GetField($"<{nameof(Guest.Body)}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(guest, new ForgetfulBody(guest.Body));

    public void Notify() => sound.Notify();

    public void WindowBegan(Assignment assignment) => sound.WindowBegan(assignment);

    public void WindowEnded(DeviceIndex device) => sound.WindowEnded(device);

    public void OwnershipBegan(DeviceIndex device, StateWord owned) => sound.OwnershipBegan(device, owned);

    public void OwnershipEnded(DeviceIndex device)
    {
    }

    public void Stop() => sound.Stop();
}
