using System.ComponentModel;
using Vpio.Hypervisor.Guests.Processes;

namespace Vpio.Hypervisor.Guests;

/// <summary>Is the process of a guest that has one of its own, as domain 0 sees it.</summary>
/// <remarks>However it ends, its guest is stopped then: what it had is taken from it. Threads: all members may be used from any thread.</remarks>
public sealed class GuestProcess
{
    private readonly GuestKeeper _keeper;
    private readonly GuestCommand _command;
    private readonly GuestFiles _files;
    private int _id;
    private int _begun;

    internal GuestProcess(GuestKeeper keeper, GuestCommand command, GuestFiles files)
    {
        _keeper = keeper;
        _command = command;
        _files = files;
    }

    /// <summary>Gets the process's number; 0 before it is started.</summary>
    public int Id => Volatile.Read(ref _id);

    /// <summary>Gets how it ended; <see langword="null"/> while it runs, and before.</summary>
    public GuestExit? Exit => _keeper.Ended.IsCompletedSuccessfully ? _keeper.Ended.Result : null;

    /// <summary>Gets what completes when the process has ended and everything was taken from its guest; it is cancelled when the program cannot be started.</summary>
    public Task<GuestExit> Ended => _keeper.Ended;

    /// <summary>Starts the process. Devices are assigned to its guest before or after.</summary>
    /// <exception cref="InvalidOperationException">It was started before, or its guest was removed.</exception>
    /// <exception cref="Win32Exception">The program cannot be started.</exception>
    public void Start()
    {
        if (_keeper.Guest.State == GuestState.Removed)
            throw new InvalidOperationException($"Guest {_keeper.Guest.Id} was removed; add another guest.");
        if (Interlocked.Exchange(ref _begun, 1) != 0)
            throw new InvalidOperationException($"The process of guest {_keeper.Guest.Id} was started before; add another guest.");
        Volatile.Write(ref _id, _keeper.Start(_command));
    }

    /// <summary>Waits for the end, and closes what the process had; after its guest was stopped for good.</summary>
    internal void Bury()
    {
        if (Volatile.Read(ref _begun) != 0)
            Task.WaitAny(Ended);
        _files.Close();
    }
}
