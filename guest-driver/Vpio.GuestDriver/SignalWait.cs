namespace Vpio.GuestDriver;

/// <summary>Is the wait for the next upcall of a device.</summary>
/// <param name="signal">The device's signal.</param>
/// <param name="seen">Its counter as it was noted.</param>
internal readonly struct SignalWait(DeviceSignal signal, uint seen) : IUpcallWait
{
    /// <inheritdoc/>
    public bool IsOver => signal.Sequence != seen || signal.IsClosed;

    /// <inheritdoc/>
    public bool IsNear => false; // Who waits for the device has looked at it.

    /// <inheritdoc/>
    public object Source => signal;

    /// <inheritdoc/>
    public void SleepBeside(UpcallWatch watch, WaitLimit limit) => signal.SleepBeside(seen, watch, limit);
}
