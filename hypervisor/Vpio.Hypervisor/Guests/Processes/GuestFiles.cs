using Vpio.Abi;
using Vpio.Abi.Processes;
using Vpio.Abi.Processes.Linux;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Guests.Processes;

/// <summary>Is what a guest in a process of its own maps: the device page, its page, its memory, its call area. All sealed; the last three nobody else's.</summary>
internal sealed class GuestFiles
{
    private readonly SharedRegion _devicePage;
    private readonly GuestPages _pages;
    private readonly SharedRegion _area = new(CallArea.Size, guestsWrite: true);

    /// <summary>Makes the call area, and puts it beside the others.</summary>
    /// <param name="devicePage">The device page.</param>
    /// <param name="pages">The guest's page and memory.</param>
    public GuestFiles(SharedRegion devicePage, GuestPages pages)
    {
        _devicePage = devicePage;
        _pages = pages;
        ref CallArea area = ref Area.At<CallArea>(0);
        area.Magic = CallArea.MagicValue;
        area.Major = VpioVersion.Major;
        area.Minor = pages.Offered.Minor;
        area.Slots = CallArea.SlotCount;
        area.SlotSizeBytes = CallSlot.Size;
    }

    /// <summary>Gets the hypervisor's mapping of the call area.</summary>
    public Mapping Area => _area.Hypervisor;

    /// <summary>Sends the descriptors to the guest, in the order that <see cref="ControlKind.Attach"/> gives.</summary>
    /// <param name="socket">The way to it.</param>
    public void SendTo(ControlSocket socket)
    {
        ControlMessage message = new()
        {
            Kind = (uint)ControlKind.Attach,
            LengthBytes = (ulong)_pages.MemoryBytes,
            ApplicationBytes = (ulong)(_pages.Memory.LengthBytes - _pages.MemoryBytes),
        };
        try
        {
            socket.TrySend(in message, [_devicePage.Descriptor, _pages.PageDescriptor, _pages.MemoryDescriptor, _area.Descriptor], waits: false);
        }
        catch (ObjectDisposedException)
        {
            // Removed before its process was started.
        }
    }

    /// <summary>Closes the call area's file, when the guest is gone.</summary>
    public void Close() => _area.Close();
}
