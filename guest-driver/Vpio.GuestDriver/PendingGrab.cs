using System.Runtime.ExceptionServices;
using System.Threading.Tasks.Sources;

namespace Vpio.GuestDriver;

/// <summary>Is a grab that waits in the queue: a task for who awaits it, a place to look at for a thread that blocks; used again and again.</summary>
/// <param name="holding">The holding that it belongs to.</param>
/// <remarks>
/// Threads: decided under the gate of the holding, by whoever learns the outcome; armed and read by who grabs. A task goes on outside the gate. It goes back to
/// the holding only when its result was read, so that a late reader never meets the next grab.
/// </remarks>
internal sealed class PendingGrab(DeviceHolding holding) : IValueTaskSource<Grant>
{
    private ManualResetValueTaskSourceCore<Grant> _core;
    private CancellationTokenRegistration _registration;
    private Grant _grant;
    private Exception? _failure;
    private bool _decided;

    /// <summary>Gets the token that cancels this grab.</summary>
    internal CancellationToken Token { get; private set; }

    /// <summary>Gets whether a thread waits for it; else its task is awaited.</summary>
    internal bool IsBlocking { get; private set; }

    /// <summary>Gets whether nobody waited before it, when it joined the queue.</summary>
    internal bool IsNext { get; private set; }

    /// <summary>Gets whether the outcome is known.</summary>
    internal bool IsDecided =>

        // ORDER acquire: the outcome is seen by who sees it decided. Pairs with Volatile.Write in PendingGrab.Decide.
        Volatile.Read(ref _decided);

    /// <summary>Gets or sets which is to go on after this one. Under the gate of the watch.</summary>
    internal PendingGrab? Next { get; set; }

    /// <summary>Gets the task of this grab; it may be awaited once.</summary>
    internal ValueTask<Grant> Task => new(this, _core.Version);

    /// <summary>Makes it ready for a grab. Under the gate of the holding.</summary>
    /// <param name="isBlocking">Whether a thread will wait for it.</param>
    /// <param name="isNext">Whether nobody waits before it.</param>
    /// <param name="token">The token that cancels the grab.</param>
    internal void Arm(bool isBlocking, bool isNext, CancellationToken token)
    {
        _decided = false;
        _failure = null;
        IsBlocking = isBlocking;
        IsNext = isNext;
        Token = token;
    }

    /// <summary>Lets the token cancel the grab from now on. Outside the gate: a token that is cancelled already calls back at once.</summary>
    internal void ObserveToken() =>

        // The callback gets the token and not the grab: a late callback meets either its own grab or none with its token,
        // and a later grab with the same token is cancelled rightly.
        _registration = Token.UnsafeRegister(static (state, token) => ((DeviceHolding)state!).Cancel(token), holding);

    /// <summary>Decides the grab by its grant. Under the gate of the holding; its task goes on when it was left, by <see cref="GoOn"/>.</summary>
    /// <param name="grant">The grant.</param>
    internal void Complete(Grant grant)
    {
        _grant = grant;
        Decide();
    }

    /// <summary>Decides the grab by a failure. Under the gate of the holding; its task goes on when it was left, by <see cref="GoOn"/>.</summary>
    /// <param name="failure">Why nothing was granted.</param>
    internal void Fail(Exception failure)
    {
        _failure = failure;
        Decide();
    }

    /// <summary>Lets who awaits the task go on, and wakes who looks at it between sleeps. Under no gate: who captured a context is handed to that, which may do as it likes.</summary>
    /// <param name="here">Whether on this thread, before this returns; else on the pool.</param>
    internal void GoOn(bool here)
    {
        _core.RunContinuationsAsynchronously = !here;
        if (_failure is null)
            _core.SetResult(_grant);
        else
            _core.SetException(_failure);
        holding.TaskEnded();
    }

    /// <summary>Reads the outcome, once, when it is decided. For the thread that waited.</summary>
    /// <returns>The grant.</returns>
    internal Grant Outcome()
    {
        Grant grant = _grant;
        Exception? failure = _failure;
        GiveBack();
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        return grant;
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
            _core.Reset();
            GiveBack();
        }
    }

    /// <inheritdoc/>
    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Decide() =>

        // ORDER release: the outcome before that there is one. Pairs with Volatile.Read in PendingGrab.IsDecided.
        Volatile.Write(ref _decided, true);

    private void GiveBack()
    {
        _registration.Unregister();
        _registration = default;
        holding.TakeBack(this);
    }
}
