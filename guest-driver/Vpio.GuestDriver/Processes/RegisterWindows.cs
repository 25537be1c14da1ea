using Vpio.Abi;
using Vpio.Abi.Processes;

namespace Vpio.GuestDriver.Processes;

/// <summary>Keeps the register windows that the guest was given, and asks for one again when the hypervisor says that the old one is over.</summary>
internal sealed class RegisterWindows(SharedMapping area, ControlLine control)
{
    private readonly Entry?[] _entries = new Entry?[DevicePage.SlotCount];
    private readonly Lock _gate = new();

    /// <summary>Finds a window.</summary>
    /// <param name="device">The device.</param>
    /// <returns>The window; an empty one when the device is not assigned to the guest.</returns>
    public RegisterWindow Get(DeviceIndex device)
    {
        if (!device.IsValid)
            return default;

        uint version = Volatile.Read(ref CallArea.WindowVersion(ref area.At<CallArea>(), device));
        Entry? entry = Volatile.Read(ref _entries[device.Value]);
        if (entry?.Version != version)
            entry = Ask(device, version);
        return entry is null ? default : new RegisterWindow(entry.Memory.Start, (uint)entry.Memory.LengthBytes);
    }

    // That there is none is not kept: it may come at any moment. A former window stays mapped: a thread may have it in hand.
    private Entry? Ask(DeviceIndex device, uint version)
    {
        lock (_gate)
        {
            if (_entries[device.Value] is { } known && known.Version == version)
                return known;
            if (control.AskForWindow(device.Value, out long lengthBytes) is not { } descriptor)
                return null;
            Entry entry = new(version, new SharedMapping(descriptor, lengthBytes, writable: true), _entries[device.Value]);
            Volatile.Write(ref _entries[device.Value], entry);
            return entry;
        }
    }

    private sealed record Entry(uint Version, SharedMapping Memory, Entry? Former);
}
