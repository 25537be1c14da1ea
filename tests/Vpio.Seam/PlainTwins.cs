using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Seam;

/// <summary>Is what <see cref="WaitSet{TMemory}"/> would be without the seam: the processor's instructions, written out.</summary>
internal sealed class PlainWaitSet
{
    private readonly ulong[] _words = new ulong[WaitSet<HardwareMemory>.MaxGuests / 64];
    private ulong _wordsInUse;

    public void Admit(DomainId guest)
    {
        ulong needed = (ulong)WordOf(guest) + 1;
        ulong inUse;
        do
        {
            inUse = Volatile.Read(ref _wordsInUse);
            if (inUse >= needed)
                return;
        }
        while (Interlocked.CompareExchange(ref _wordsInUse, needed, inUse) != inUse);
    }

    public bool Add(DomainId guest) => (Interlocked.Or(ref _words[WordOf(guest)], BitOf(guest)) & BitOf(guest)) == 0;

    public bool TryClaim(DomainId guest) => (Interlocked.And(ref _words[WordOf(guest)], ~BitOf(guest)) & BitOf(guest)) != 0;

    public bool Contains(DomainId guest) => (Volatile.Read(ref _words[WordOf(guest)]) & BitOf(guest)) != 0;

    private static int WordOf(DomainId guest) => (guest.Value - 1) / 64;

    private static ulong BitOf(DomainId guest) => 1UL << ((guest.Value - 1) % 64);
}

/// <summary>Is what <see cref="CallGate{TMemory}"/> would be without the seam.</summary>
internal sealed class PlainCallGate
{
    private readonly ulong[] _calls = new ulong[2];
    private ulong _current;

    public int Enter()
    {
        int counter = (int)Volatile.Read(ref _current);
        Interlocked.Add(ref _calls[counter], 1);
        return counter;
    }

    public void Leave(int counter) => Interlocked.Add(ref _calls[counter], ulong.MaxValue);

    public void Turn() => Interlocked.Exchange(ref _current, 1 - Volatile.Read(ref _current));
}

/// <summary>Is what <see cref="DeviceActivity{TMemory}"/> would be without the seam.</summary>
internal sealed class PlainActivity(WordPointer state)
{
    private ulong _batch;

    public bool TryBegin(out StateWord held)
    {
        Interlocked.Exchange(ref _batch, Volatile.Read(ref _batch) + 1);
        held = new StateWord(Volatile.Read(ref state.Word));
        if (held.IsHeld)
            return true;
        End();
        return false;
    }

    // Out of line, as the JIT leaves it behind the seam: what it inlines it chooses by the length of the byte code, which the seam makes longer.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void End() => Volatile.Write(ref _batch, Volatile.Read(ref _batch) + 1);
}
