using System.Runtime.InteropServices;

namespace Vpio.Benchmarks.Ownership;

/// <summary>Is a fair lock by tickets: who has the number that is served has the lock. Who waits spins for a moment, then sleeps on a word of its own number, so that one is woken and no herd.</summary>
internal sealed unsafe class TicketLock : IDisposable
{
    private const int Spins = 100;
    private const int Places = 128;
    private const int Stride = 16;
    private const int Served = 1;
    private const int Asleep = 2;

    // One word a number, modulo: what it last was told, and whether somebody sleeps there. As many as there are threads at least.
    private readonly int* _places = (int*)NativeMemory.AlignedAlloc(Places * Stride * sizeof(int), 64);
    private int _next;
    private int _serving;

    public TicketLock()
    {
        NativeMemory.Clear(_places, Places * Stride * sizeof(int));
        *Place(0) = Served;
    }

    public void Enter()
    {
        int* place = Place(Interlocked.Increment(ref _next) - 1);
        for (int spin = 0; spin < Spins && Volatile.Read(ref *place) != Served; spin++)
            Thread.SpinWait(1);
        while (Volatile.Read(ref *place) != Served)
        {
            if (Interlocked.CompareExchange(ref *place, Asleep, 0) != Served)
                WordSleep.WhileIs(place, Asleep);
        }

        Volatile.Write(ref *place, 0); // For who has the number that many later.
    }

    public void Exit()
    {
        int* place = Place(++_serving); // Only who has the lock writes it.
        if (Interlocked.Exchange(ref *place, Served) == Asleep)
            WordSleep.Wake(place);
    }

    public void Dispose() => NativeMemory.AlignedFree(_places);

    private int* Place(int ticket) => _places + ((ticket & (Places - 1)) * Stride);
}
