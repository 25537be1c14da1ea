using Vpio.Abi;
using Vpio.Abi.Layout;
using Vpio.Abi.Processes.Linux;

namespace Vpio.GuestDriver.Processes;

/// <summary>Touches the words where they are: in the guest page.</summary>
/// <param name="guestPage">The guest page.</param>
/// <param name="control">What tells of the hypervisor's end.</param>
internal readonly struct PageSleepWords(SharedMapping guestPage, ControlLine control) : ISleepWords
{
    private ref GuestPage Page => ref guestPage.At<GuestPage>();

    [SharedWord]
    private ref uint Sequence => ref Page.NotifySequence;

    /// <inheritdoc/>
    public bool ClearMask() => Interlocked.Exchange(ref Page.UpcallMask, 0) != 0;

    /// <inheritdoc/>
    public bool IsPending() => Volatile.Read(ref Page.UpcallPending) != 0;

    /// <inheritdoc/>
    public uint LoadSequence() => Volatile.Read(ref Sequence);

    /// <inheritdoc/>
    public bool HasEnded() => Volatile.Read(ref control.Ended) != 0;

    /// <inheritdoc/>
    public void Sleep(uint seen, long? untilNs) => Futex.Wait(ref Sequence, seen, ref control.Ended, 0, untilNs);

    /// <inheritdoc/>
    public void WakeAll()
    {
        // ORDER full: it is counted, for who has looked and is about to sleep. Pairs with words.LoadSequence in UpcallSleep.Wait.
        Interlocked.Increment(ref Sequence);
        Futex.WakeAll(ref Sequence);
    }
}
