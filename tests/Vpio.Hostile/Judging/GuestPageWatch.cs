using System.Runtime.InteropServices;
using Vpio.Abi;

namespace Vpio.Hostile.Judging;

/// <summary>Looks at a neighbour's own page: only the words of the way of upcalls may change, and only for its own device.</summary>
/// <param name="port">The neighbour's port.</param>
/// <param name="device">Its device.</param>
internal sealed class GuestPageWatch(IHypercallPort port, DeviceIndex device)
{
    private const int UpcallWords = 64; // From here to the clock the words of upcalls stand.
    private const int ClockOffset = 80;
    private const uint KnownEvents = (uint)(DeviceEvents.Granted | DeviceEvents.Revoke | DeviceEvents.RxPending | DeviceEvents.Reset | DeviceEvents.Removed | DeviceEvents.Interrupt);

    private readonly byte[] _expected = Bytes(port).ToArray();

    /// <summary>Finds what is wrong with the page.</summary>
    /// <returns>What it is, or <see langword="null"/>.</returns>
    public string? Complaint()
    {
        ReadOnlySpan<byte> page = Bytes(port);
        int events = GuestPage.EventsOffset + ((int)device.Value * sizeof(uint));
        bool isAsItWas = SameBetween(page, 0, UpcallWords) && SameBetween(page, ClockOffset, events) && SameBetween(page, events + sizeof(uint), GuestPage.Size);
        if (!isAsItWas)
            return "a byte of its page was changed";
        if ((Volatile.Read(ref port.GuestPage.PendingSelector) & ~(1UL << (int)device.Value)) != 0)
            return "its page names a device that it has not";
        return (Volatile.Read(ref GuestPage.Events(ref port.GuestPage, device)) & ~KnownEvents) != 0 ? "its page has an event that there is not" : null;
    }

    private static Span<byte> Bytes(IHypercallPort port) => MemoryMarshal.AsBytes(new Span<GuestPage>(ref port.GuestPage));

    private bool SameBetween(ReadOnlySpan<byte> page, int from, int to) => page[from..to].SequenceEqual(_expected.AsSpan(from..to));
}
