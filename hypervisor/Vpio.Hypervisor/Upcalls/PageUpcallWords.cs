using Vpio.Abi;
using Vpio.Abi.Layout;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Upcalls;

/// <summary>Touches the words where they are: in the guest page.</summary>
/// <param name="guestPage">The hypervisor's mapping of it.</param>
internal readonly struct PageUpcallWords(Mapping guestPage) : IUpcallWords
{
    [GuestWritable]
    private ref GuestPage Page => ref guestPage.At<GuestPage>(0);

    /// <inheritdoc/>
    public void OrEvents(DeviceIndex device, DeviceEvents events) => Interlocked.Or(ref GuestPage.Events(ref Page, device), (uint)events);

    /// <inheritdoc/>
    public void OrSelector(DeviceIndex device) => Interlocked.Or(ref Page.PendingSelector, 1UL << (int)device.Value);

    /// <inheritdoc/>
    public bool SetPending() => Interlocked.Exchange(ref Page.UpcallPending, 1) != 0;

    /// <inheritdoc/>
    public bool IsPending() => Volatile.Read(ref Page.UpcallPending) != 0;

    /// <inheritdoc/>
    public bool IsMasked() => Volatile.Read(ref Page.UpcallMask) != 0;

    /// <inheritdoc/>
    public bool ClearMask() => Interlocked.Exchange(ref Page.UpcallMask, 0) != 0;
}
