using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Are guests in this process, each with its driver, that share a device which does nothing.</summary>
internal sealed class SharingGuests : IDisposable
{
    private readonly ReferenceHypervisor _hypervisor = new(new HypervisorOptions { GuestMemoryBytes = 1 << 16, Grace = HypervisorOptions.MaxDuration });
    private readonly GuestDomain[] _domains;
    private readonly GuestDevice[] _devices;

    public SharingGuests(int count)
    {
        SharedDevice shared = _hypervisor.AddDevice(new BareDevice());
        _domains = [.. Enumerable.Range(0, count).Select(_ => Attach(shared))];
        _devices = [.. _domains.Select(domain => domain.GetDevice(shared.Index))];
    }

    public GuestDevice this[int guest] => _devices[guest];

    /// <summary>Grabs, notes the turn and releases, over and over.</summary>
    public async Task TakeTurns(int guest, TurnBook book, CancellationToken over)
    {
        GuestDevice device = _devices[guest];
        while (!over.IsCancellationRequested)
            Use(device, await device.GrabAsync(CancellationToken.None).ConfigureAwait(false), guest, book);
    }

    public void Dispose()
    {
        foreach (GuestDomain domain in _domains)
            domain.Dispose();
        _hypervisor.Dispose();
    }

    private static void Use(GuestDevice device, Grant grant, int guest, TurnBook book)
    {
        using DeviceLease lease = device.Hold(grant);
        book.Note(guest);
    }

    private GuestDomain Attach(SharedDevice shared)
    {
        Guest guest = _hypervisor.AddGuest();
        _hypervisor.Assign(guest, shared);
        return GuestDomain.Attach(guest.Port);
    }
}
