using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver;

/// <summary>Is the guest as its drivers see it: its devices, its DMA memory, its upcalls.</summary>
/// <remarks>
/// One domain for each port: two would take each other's upcalls. Threads: all members may be used from any thread.
/// Source: <c>docs/abi.md</c>.
/// </remarks>
public sealed class GuestDomain : IDisposable
{
    private readonly IHypercallPort _port;
    private readonly DmaPages _dmaPages;
    private readonly GuestDevice?[] _devices = new GuestDevice?[DevicePage.SlotCount];
    private readonly CounterConversion _conversion;
    private int _disposed;

    private GuestDomain(IHypercallPort port, Negotiation agreed)
    {
        _port = port;
        Agreed = agreed;
        _conversion = CounterConversion.FromPage(in port.GuestPage);
        _dmaPages = new DmaPages(port.Memory.LengthBytes);
        Upcalls = new UpcallWatch(this, port);
    }

    /// <summary>Gets the domain id of the guest.</summary>
    public DomainId Id => Agreed.Guest;

    /// <summary>Gets the epoch of the hypervisor that the guest negotiated with.</summary>
    public ulong Epoch => Agreed.Epoch;

    /// <summary>Gets whether the hypervisor was started anew since then: the guest must attach again, and grabs and maps nothing until it did.</summary>
    public bool IsStale => Negotiation.EpochOf(_port) != Epoch;

    /// <summary>Gets the hypervisor's clock, nanoseconds, without a call; <see langword="null"/> when the hypervisor gives none.</summary>
    internal ulong? HypervisorNs => _conversion.IsAvailable ? _conversion.ToNs(_port.ReadCounter()) : null;

    /// <summary>Gets what the guest and the hypervisor agreed on.</summary>
    internal Negotiation Agreed { get; }

    /// <summary>Gets the watch for its upcalls.</summary>
    internal UpcallWatch Upcalls { get; }

    /// <summary>Attaches to a hypervisor: checks its pages and agrees on a version.</summary>
    /// <param name="port">The way to the hypervisor. The domain owns it from now on.</param>
    /// <returns>The guest.</returns>
    /// <exception cref="PageProtocolException">A page is not what the ABI says it is.</exception>
    /// <exception cref="DeviceCallException">The hypervisor speaks no version that this driver knows.</exception>
    /// <exception cref="GuestStoppedException">The guest is stopped.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine is big-endian.</exception>
    public static GuestDomain Attach(IHypercallPort port)
    {
        ArgumentNullException.ThrowIfNull(port);

        // What is shared is little-endian on every machine, and nothing here converts.
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("This guest driver runs on little-endian machines only: it reads the pages in the machine's own byte order.");
        return new GuestDomain(port, Negotiation.Make(port));
    }

    /// <summary>Finds a device. It need not be there yet: its grab says so.</summary>
    /// <param name="index">Which device, 0 to 62.</param>
    /// <returns>The device, the same object at every call.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="index"/> names no slot.</exception>
    /// <exception cref="ObjectDisposedException">The domain was disposed.</exception>
    public GuestDevice GetDevice(DeviceIndex index)
    {
        if (!index.IsValid)
            throw new ArgumentOutOfRangeException(nameof(index), $"A hypervisor has the devices 0 to {DevicePage.SlotCount - 1}; {index.Value} is none of them.");
        GuestDevice device = FindDevice(index);

        // ORDER full: the device has its place before this looks, so that an end that is not seen here finds it and closes it. Pairs with Interlocked.Exchange in GuestDomain.Dispose.
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return device;
    }

    /// <summary>Allocates memory that the devices may reach while the guest owns them.</summary>
    /// <param name="bytes">How much, bytes; rounded up to whole pages of 4096.</param>
    /// <param name="access">What the devices may do there.</param>
    /// <returns>The memory, zeroed and mapped.</returns>
    /// <exception cref="InsufficientMemoryException">No range of the guest's memory is free that long.</exception>
    /// <exception cref="DeviceCallException">The hypervisor refused the mapping.</exception>
    /// <exception cref="HypervisorRestartedException">The hypervisor was started anew.</exception>
    public DmaMemory AllocateDma(long bytes, DmaAccess access)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        Agreed.ThrowIfStale(_port, DeviceOp.Map);
        return DmaMemory.Allocate(_port, _dmaPages, this, bytes, access);
    }

    /// <summary>Gives back what the guest holds, fails what waits, ends the upcalls and disposes the port.</summary>
    /// <remarks>The memory behind pages, windows and DMA may be unmapped after this: use no lease, ring or DMA memory of this domain any more.</remarks>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        // The watch first: once closed it touches no page, and so the port may unmap them. Disposing the port ends its sleep.
        Upcalls.Close();
        foreach (GuestDevice? device in _devices)
            device?.Close();
        _port.Dispose();
    }

    /// <summary>Gets whether the domain was disposed.</summary>
    internal bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>Finds a device, and makes it where nobody asked for it before. Nobody else has one that is made when the domain is disposed.</summary>
    /// <param name="index">Which device, a slot.</param>
    /// <returns>The device.</returns>
    internal GuestDevice FindDevice(DeviceIndex index)
    {
        ref GuestDevice? place = ref _devices[index.Value];

        // ORDER acquire: the device is seen as it was made. Pairs with Interlocked.CompareExchange in GuestDomain.FindDevice.
        return Volatile.Read(ref place) ?? Interlocked.CompareExchange(ref place, new GuestDevice(this, _port, index), null) ?? place;
    }

    /// <summary>Lets every device look again after the guest was stopped.</summary>
    /// <returns>Whether a wait goes on, because the guest was resumed meanwhile.</returns>
    internal bool NoticeStop()
    {
        bool waits = false;
        foreach (GuestDevice? device in _devices)
            waits |= device is not null && !IsDisposed && device.NoticeStop(); // One that was there before the end is closed by it; one that came after has nothing to look at.
        return waits;
    }

    /// <summary>Wakes those who sleep beside the watch, for one of them to have it.</summary>
    internal void WakeBeside()
    {
        foreach (GuestDevice? device in _devices)
            device?.WakeBeside();
    }
}
