using Vpio.Abi;
using Vpio.Abi.Layout;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Keeps a device that works on its own and a hypervisor that takes it away out of each other's way, without a lock.</summary>
/// <remarks>
/// The device announces a batch, then looks at the state word; who ends an ownership changes the word, then looks for a batch.
/// Both announce with a full fence before they look (Dekker), so either the device sees that nobody owns it and keeps its
/// hands off, or the hypervisor sees the batch and waits for its end: in-flight DMA has drained (rule 7).
/// The word counts: odd in a batch, even between two, so that a wait ends with the batch it saw, however soon the next begins.
/// Threads: one device thread begins and ends batches; any number wait.
/// </remarks>
internal sealed class DeviceActivity<TMemory>(WordPointer state)
    where TMemory : struct, IWordMemory
{
    [SharedWord]
    private ulong _batch;

    /// <summary>Begins a batch if somebody holds the device.</summary>
    /// <param name="held">Who, and in which ownership.</param>
    /// <returns>Whether a batch was begun, which <see cref="End"/> must end.</returns>
    public bool TryBegin(out StateWord held)
    {
        // ORDER full: the batch is seen before the word is looked at. Pairs with TMemory.CompareExchange in DeviceOwnership.TryReplace.
        TMemory.Exchange(ref _batch, TMemory.Load(ref _batch) + 1);
        held = new StateWord(TMemory.Load(ref state.Word));
        if (held.IsHeld)
            return true;
        End();
        return false;
    }

    /// <summary>Ends the batch.</summary>
    // ORDER release: all that the device did is seen with the end. Pairs with TMemory.Load in DeviceActivity.Quiesce.
    public void End() => TMemory.Store(ref _batch, TMemory.Load(ref _batch) + 1);

    /// <summary>Waits until the batch that may have begun before this call is over.</summary>
    public void Quiesce()
    {
        ulong seen = TMemory.Load(ref _batch);
        if (seen % 2 == 0)
            return;
        for (int turn = 0; TMemory.Load(ref _batch) == seen; turn++)
            TMemory.Pause(turn);
    }
}
