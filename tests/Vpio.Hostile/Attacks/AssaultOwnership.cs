using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Hostile.Attacks;

/// <summary>Lets an attack come by a device and give it back, as a driver would.</summary>
internal static class AssaultOwnership
{
    private const ulong LookAgainNs = 20_000_000;

    /// <summary>Reads a device's state word.</summary>
    public static StateWord WordOf(this Assault assault, DeviceIndex device) =>
        DeviceSlot.ReadState(in DevicePage.Slot(in assault.Port.DevicePage, device));

    /// <summary>Tells whether the guest holds a device.</summary>
    public static bool Holds(this Assault assault, DeviceIndex device) => assault.WordOf(device) is { IsHeld: true } word && word.Owner == assault.Id;

    /// <summary>Grabs a device, in turn.</summary>
    /// <returns>Whether the guest holds it; <see langword="false"/> when the attack is over or the grab was refused.</returns>
    public static bool Hold(this Assault assault, DeviceIndex device)
    {
        DeviceStatus asked = assault.Grab(device, queue: true);
        if (asked is DeviceStatus.Ok)
            return true;
        while (asked is DeviceStatus.Queued or DeviceStatus.Exists && assault.GoesOn)
        {
            assault.TakeEvents();
            if (assault.Holds(device))
                return true;
            if (assault.Wait(LookAgainNs) == DeviceStatus.Denied)
                return false;
        }

        return false;
    }

    /// <summary>Asks for a device.</summary>
    public static DeviceStatus Grab(this Assault assault, DeviceIndex device, bool queue)
    {
        GrabArgs args = new() { Device = device.Value, Flags = queue ? GrabArgs.Queue : 0 };
        return assault.Make(ref args);
    }

    /// <summary>Gives a device back in a generation.</summary>
    public static DeviceStatus Release(this Assault assault, DeviceIndex device, ulong generation)
    {
        ReleaseArgs args = new() { Device = device.Value, Generation = generation };
        return assault.Make(ref args);
    }

    /// <summary>Gives back a device that the guest holds.</summary>
    public static void Release(this Assault assault, DeviceIndex device)
    {
        StateWord word = assault.WordOf(device);
        if (word.IsHeld && word.Owner == assault.Id)
            assault.Release(device, word.Generation.Value);
    }

    /// <summary>Leaves the queue of a device.</summary>
    public static DeviceStatus Cancel(this Assault assault, DeviceIndex device)
    {
        CancelArgs args = new() { Device = device.Value };
        return assault.Make(ref args);
    }

    /// <summary>Maps memory for the devices.</summary>
    public static DeviceStatus Map(this Assault assault, ulong iova, ulong address, ulong length, DmaAccess access)
    {
        MapArgs args = new() { Iova = iova, Address = address, Length = length, Access = (uint)access };
        return assault.Make(ref args);
    }

    /// <summary>Takes a mapping out.</summary>
    public static DeviceStatus Unmap(this Assault assault, ulong iova, ulong length)
    {
        UnmapArgs args = new() { Iova = iova, Length = length };
        return assault.Make(ref args);
    }

    /// <summary>Sleeps for an upcall.</summary>
    public static DeviceStatus Wait(this Assault assault, ulong timeoutNs)
    {
        WaitArgs args = new() { TimeoutNs = timeoutNs };
        return assault.Make(ref args);
    }

    /// <summary>Takes what is pending, so that the next sleep is one.</summary>
    public static void TakeEvents(this Assault assault)
    {
        ref GuestPage page = ref assault.Port.GuestPage;
        Interlocked.Exchange(ref page.UpcallPending, 0);
        Interlocked.Exchange(ref page.PendingSelector, 0);
        foreach (DeviceIndex device in assault.Devices)
            Interlocked.Exchange(ref GuestPage.Events(ref page, device), 0);
    }
}
