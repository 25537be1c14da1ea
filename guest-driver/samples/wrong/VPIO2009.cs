using Vpio.Abi;
using Vpio.Abi.Layout;

internal sealed class Slot
{
    [SharedWord(typeof(StateWord))]
    private ulong _word;

    public bool TryTake(ushort guest) =>
        Interlocked.CompareExchange(ref _word, 1 | ((ulong)guest << 8), 0) == 0; // VPIO2009: a generation is missing, and nobody sees it
}
