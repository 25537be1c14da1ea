using Microsoft.Win32.SafeHandles;
using Vpio.Abi;
using Vpio.Hypervisor.Memory;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Guests;

/// <summary>Is the memory that a guest has: its page and its memory, each mapped once for the hypervisor and once for the guest.</summary>
internal sealed class GuestPages
{
    private readonly SharedRegion _page;
    private readonly SharedRegion _memory;

    /// <summary>Makes the memory of a guest and heads its page.</summary>
    /// <param name="id">The guest.</param>
    /// <param name="epoch">The hypervisor's epoch.</param>
    /// <param name="offered">What the hypervisor offers.</param>
    /// <param name="memoryBytes">How much memory it has, bytes.</param>
    /// <param name="applicationBytes">How much more there is behind it for its program, bytes.</param>
    /// <param name="clock">The clock that the guest can read by its page.</param>
    public GuestPages(DomainId id, ulong epoch, Agreement offered, int memoryBytes, int applicationBytes, Clock clock)
    {
        MemoryBytes = memoryBytes;
        Clock = clock;
        Epoch = epoch;
        Offered = offered;
        _page = new SharedRegion(GuestPage.Size, guestsWrite: true);
        _memory = new SharedRegion((long)memoryBytes + applicationBytes, guestsWrite: true);
        ref GuestPage page = ref _page.Hypervisor.At<GuestPage>(0);
        page.Header.Magic = GuestPageHeader.MagicValue;
        page.Header.Major = VpioVersion.Major;
        page.Header.Minor = offered.Minor;
        page.Header.DomainId = id.Value;
        page.Header.Epoch = epoch;
        clock.Conversion.WriteTo(ref page);
    }

    /// <summary>Gets the hypervisor's epoch, where the guest cannot change it.</summary>
    public ulong Epoch { get; }

    /// <summary>Gets what the hypervisor offers, where the guest cannot change it.</summary>
    public Agreement Offered { get; }

    /// <summary>Gets the clock whose conversion the page shows.</summary>
    public Clock Clock { get; }

    /// <summary>Gets the hypervisor's mapping of the guest page.</summary>
    public Mapping Page => _page.Hypervisor;

    /// <summary>Gets the hypervisor's mapping of the guest's memory, and of its application memory behind that.</summary>
    public Mapping Memory => _memory.Hypervisor;

    /// <summary>Gets how much memory the guest's drivers have, bytes from the start: what devices can be let into.</summary>
    public long MemoryBytes { get; }

    /// <summary>Gets the application memory in the hypervisor's mapping.</summary>
    public GuestMemory Application => new(Memory.Start + (nint)MemoryBytes, Memory.LengthBytes - MemoryBytes);

    /// <summary>Gets what a guest in another process maps its page by.</summary>
    public SafeFileHandle PageDescriptor => _page.Descriptor;

    /// <summary>Gets what a guest in another process maps its memory by.</summary>
    public SafeFileHandle MemoryDescriptor => _memory.Descriptor;

    /// <summary>Closes the files, when the guest is gone: whoever still has a mapping keeps it.</summary>
    public void Close()
    {
        _page.Close();
        _memory.Close();
    }

    /// <summary>Maps the guest page for the guest.</summary>
    /// <returns>The mapping.</returns>
    public Mapping MapPageForGuest() => _page.MapForGuest();

    /// <summary>Maps the guest's memory for the guest.</summary>
    /// <returns>The mapping.</returns>
    public Mapping MapMemoryForGuest() => _memory.MapForGuest();
}
