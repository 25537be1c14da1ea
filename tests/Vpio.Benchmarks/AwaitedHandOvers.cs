using Vpio.Benchmarks.Ownership;
using Vpio.GuestDriver;

namespace Vpio.Benchmarks;

/// <summary>Are two guests that hand a device to each other: each waits in the queue while the other has it.</summary>
internal sealed class AwaitedHandOvers : IDisposable
{
    private readonly SharingGuests _guests = new(2);
    private readonly Action _granted;
    private readonly ManualResetEventSlim _over = new();
    private ValueTask<Grant> _awaited;
    private int _owner;
    private int _left;

    public AwaitedHandOvers() => _granted = Granted;

    /// <summary>Has the device handed over.</summary>
    /// <param name="times">How often.</param>
    public void HandOver(int times)
    {
        _left = times;
        _over.Reset();
        _owner = 0;
        _guests[0].TryGrab(out DeviceLease lease);
        PassOn(in lease);
        _over.Wait();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _guests.Dispose();
        _over.Dispose();
    }

    // The other asks while this one owns, and so waits for the release.
    private void PassOn(in DeviceLease lease)
    {
        _owner = 1 - _owner;
        _awaited = _guests[_owner].GrabAsync(CancellationToken.None);
        _awaited.GetAwaiter().UnsafeOnCompleted(_granted);
        lease.Release();
    }

    private void Granted()
    {
        DeviceLease lease = _guests[_owner].Hold(_awaited.Result);
        if (--_left > 0)
        {
            PassOn(in lease);
            return;
        }

        lease.Release();
        _over.Set();
    }
}
