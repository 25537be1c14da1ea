using System.Runtime.InteropServices;
using Vpio.Abi;

namespace Vpio.GuestDriver.Processes;

/// <summary>Puts another page in the place of the device page when the hypervisor has ended: every device is offline there, and the epoch is 0, which none is.</summary>
/// <remarks>
/// Nobody writes the page any more, and it would say for ever that this guest owns what it owned. With the other page in its place every lease ends, and every later grab finds
/// that the epoch has changed, without a look more than they make anyway.
/// </remarks>
internal sealed unsafe partial class DevicePageEnd(SharedMapping devicePage)
{
    private const int Read = 1;
    private const int ReadWrite = 3;
    private const int PrivateAnonymous = 0x22;
    private const int MayMoveToFixed = 3;
    private const nint Failed = -1;

    /// <summary>Shows the end.</summary>
    public void Show()
    {
        // SAFETY: a page of this process's own is written, made read-only, and moved whole over the mapping, which is one page and stays where it is.
        nint page = Map(0, DevicePage.Size, ReadWrite, PrivateAnonymous, -1, 0);
        if (page == Failed)
            return; // Out of memory. Calls are refused all the same.
        Fill(ref *(DevicePage*)page);
        _ = Protect(page, DevicePage.Size, Read);
        if (Move(page, DevicePage.Size, DevicePage.Size, MayMoveToFixed, devicePage.Start) == Failed)
            _ = Unmap(page, DevicePage.Size);
    }

    private void Fill(ref DevicePage page)
    {
        ref readonly DevicePage seen = ref devicePage.At<DevicePage>();
        page.Header = seen.Header;
        page.Header.Epoch = 0;
        page.Header.DeviceCount = 0;
        for (uint i = 0; i < DevicePage.SlotCount; i++)
        {
            StateWord word = DeviceSlot.ReadState(in DevicePage.Slot(in seen, new DeviceIndex(i)));
            ref DeviceSlot shown = ref DevicePage.WritableSlot(ref page, new DeviceIndex(i));
            Volatile.Write(ref shown.State, word.WithoutOwner(DeviceState.Offline).Value);
        }
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint where, nint lengthBytes, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint start, nint lengthBytes, int protection);

    [LibraryImport("libc", EntryPoint = "mremap")]
    private static partial nint Move(nint start, nint lengthBytes, nint newLengthBytes, int flags, nint where);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint start, nint lengthBytes);
}
