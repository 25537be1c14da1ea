using Vpio.Hypervisor.Guests;
using Vpio.Tool.Guests;
using Vpio.Tool.Jobs;

namespace Vpio.Tool.Run;

/// <summary>Is a guest in this process: a thread that runs the guest's program on the guest's port.</summary>
internal sealed class GuestThread : IGuestBody
{
    private const int StackBytes = 512 * 1024;

    private readonly Thread _thread;

    /// <summary>Makes the thread.</summary>
    /// <param name="guest">The guest, whose job is laid down.</param>
    internal GuestThread(Guest guest) => _thread = new Thread(() => Live(guest), StackBytes) { IsBackground = true, Name = $"vpio guest {guest.Id}" };

    /// <inheritdoc/>
    public string? End => null;

    /// <inheritdoc/>
    public bool EndedWell => _thread.ThreadState.HasFlag(ThreadState.Stopped);

    /// <inheritdoc/>
    public void Start() => _thread.Start();

    /// <inheritdoc/>
    public bool WaitForEnd(TimeSpan timeout) => _thread.ThreadState.HasFlag(ThreadState.Unstarted) || _thread.Join(timeout);

    private static void Live(Guest guest) => new GuestProgram(guest.Port, new GuestEnd(new JobMemory(guest.Application, guest))).Run();
}
