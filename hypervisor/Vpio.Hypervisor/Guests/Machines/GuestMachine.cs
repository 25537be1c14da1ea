using Vpio.Hypervisor.Guests.Machines;

namespace Vpio.Hypervisor.Guests;

/// <summary>Is the virtual machine of a guest that has one, as domain 0 sees it.</summary>
/// <remarks>However it ends, its guest is stopped then: what it had is taken from it. Threads: all members may be used from any thread.</remarks>
public sealed class GuestMachine
{
    private readonly MachineKeeper _keeper;
    private int _begun;

    internal GuestMachine(MachineKeeper keeper) => _keeper = keeper;

    /// <summary>Gets how it ended; <see langword="null"/> while it runs, and before.</summary>
    public MachineExit? Exit => Ended.IsCompletedSuccessfully ? Ended.Result : null;

    /// <summary>Gets what completes when the machine is gone and everything was taken from its guest.</summary>
    public Task<MachineExit> Ended => _keeper.Ended;

    /// <summary>Gets why it left the guest so far.</summary>
    public MachineStatistics Statistics => _keeper.Statistics;

    /// <summary>Gets how fast the counter runs that the guest reads, ticks a second; 0 before it is started.</summary>
    public long CounterFrequency => _keeper.CounterFrequency;

    /// <summary>Starts the guest. Devices are assigned to it before or after.</summary>
    /// <exception cref="InvalidOperationException">It was started before, or its guest was removed.</exception>
    /// <exception cref="IOException">KVM is not to be had, or has no room for another machine.</exception>
    public void Start()
    {
        if (_keeper.Guest.State == GuestState.Removed)
            throw new InvalidOperationException($"Guest {_keeper.Guest.Id} was removed; add another guest.");
        if (Interlocked.Exchange(ref _begun, 1) != 0)
            throw new InvalidOperationException($"The machine of guest {_keeper.Guest.Id} was started before; add another guest.");
        _keeper.Start();
    }

    /// <summary>Waits for the end, after the guest was stopped for good.</summary>
    internal void Bury()
    {
        if (Volatile.Read(ref _begun) != 0)
            Task.WaitAny(Ended);
    }
}
