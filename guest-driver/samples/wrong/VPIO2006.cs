using Vpio.Abi.Layout;

internal sealed class Mailbox
{
    [SharedWord]
    private ulong _word;

    public bool IsEmpty => _word == 0; // VPIO2006: the compiler may read it once and never again

    public void Clear() => Volatile.Write(ref _word, 0);
}
