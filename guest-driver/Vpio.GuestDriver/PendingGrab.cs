using System.Threading.Tasks.Sources;

namespace Vpio.GuestDriver;

/// <summary>Is a grab that waits in the queue: a task for who awaits it, used again and again.</summary>
/// <param name="holding">The holding that it belongs to.</param>
/// <remarks>
/// Threads: completed under the gate of the holding, by whoever learns the outcome; armed and read by who grabs. It goes back to
/// the holding only when its result was read, so that a late reader never meets the next grab.
/// </remarks>
internal sealed class PendingGrab(DeviceHolding holding) : IValueTaskSource<Grant>
{
    private ManualResetValueTaskSourceCore<Grant> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;

    /// <summary>Gets the token that cancels this grab.</summary>
    internal CancellationToken Token { get; private set; }

    /// <summary>Gets whether the outcome is known. Under the gate of the holding.</summary>
    internal bool IsCompleted { get; private set; }

    /// <summary>Gets the task of this grab; it may be awaited once.</summary>
    internal ValueTask<Grant> Task => new(this, _core.Version);

    /// <summary>Makes it ready for a grab. Under the gate of the holding.</summary>
    /// <param name="token">The token that cancels the grab.</param>
    internal void Arm(CancellationToken token)
    {
        IsCompleted = false;
        Token = token;
    }

    /// <summary>Lets the token cancel the grab from now on. Outside the gate: a token that is cancelled already calls back at once.</summary>
    internal void ObserveToken() =>

        // The callback gets the token and not the grab: a late callback meets either its own grab or none with its token,
        // and a later grab with the same token is cancelled rightly.
        _registration = Token.UnsafeRegister(static (state, token) => ((DeviceHolding)state!).Cancel(token), holding);

    /// <summary>Completes the grab with its grant. Under the gate of the holding.</summary>
    /// <param name="grant">The grant.</param>
    internal void Complete(Grant grant)
    {
        IsCompleted = true;
        _core.SetResult(grant);
    }

    /// <summary>Completes the grab with a failure. Under the gate of the holding.</summary>
    /// <param name="failure">Why nothing was granted.</param>
    internal void Fail(Exception failure)
    {
        IsCompleted = true;
        _core.SetException(failure);
    }

    /// <inheritdoc/>
    public Grant GetResult(short token)
    {
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
            throw new InvalidOperationException($"The grab of {holding.Device} is still queued: await it before reading its result.");

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _registration.Unregister();
            _registration = default;
            _core.Reset();
            holding.TakeBack(this);
        }
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
