namespace Vpio.Tool.Run;

/// <summary>Tells all threads of a run how far it is: first frames are sent, then what is on its way arrives, then all is over.</summary>
/// <remarks>Threads: any.</remarks>
internal sealed class RunPhase : IDisposable
{
    private readonly CancellationTokenSource _sending = new();
    private readonly CancellationTokenSource _run = new();

    /// <summary>Gets whether frames may still be sent.</summary>
    internal bool IsSending => !_sending.IsCancellationRequested;

    /// <summary>Gets whether the run is over: everybody releases the device and leaves.</summary>
    internal bool IsOver => _run.IsCancellationRequested;

    /// <summary>Gets what is cancelled when sending ends.</summary>
    internal CancellationToken SendingEnds => _sending.Token;

    /// <summary>Gets what is cancelled when the run is over.</summary>
    internal CancellationToken RunEnds => _run.Token;

    /// <summary>Ends the sending.</summary>
    internal void EndSending() => _sending.Cancel();

    /// <summary>Ends the run, and the sending if it has not ended.</summary>
    internal void End()
    {
        _sending.Cancel();
        _run.Cancel();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sending.Dispose();
        _run.Dispose();
    }
}
