namespace Vpio.GuestDriver;

/// <summary>Is the wait of a thread for its queued grab.</summary>
/// <param name="holding">The holding that it belongs to.</param>
/// <param name="pending">The grab.</param>
internal readonly struct GrabWait(DeviceHolding holding, PendingGrab pending) : IUpcallWait
{
    /// <inheritdoc/>
    public bool IsOver => pending.IsDecided;

    /// <inheritdoc/>
    public bool IsNear => pending.IsNext;

    /// <inheritdoc/>
    public object Source => holding;

    /// <inheritdoc/>
    public void SleepBeside(UpcallWatch watch, WaitLimit limit) => holding.SleepBeside(pending);
}
