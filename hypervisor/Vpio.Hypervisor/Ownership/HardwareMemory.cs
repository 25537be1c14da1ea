using System.Runtime.CompilerServices;
using Vpio.Abi.Layout;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Touches shared words with the processor's own instructions: what ships.</summary>
internal readonly struct HardwareMemory : IWordMemory
{
    private const int TurnsBeforeYielding = 32;
    private const int TurnsBeforeSleeping = 128;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Load([SharedWord] ref ulong word) => Volatile.Read(ref word);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store([SharedWord] ref ulong word, ulong value) => Volatile.Write(ref word, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Exchange([SharedWord] ref ulong word, ulong value) => Interlocked.Exchange(ref word, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong CompareExchange([SharedWord] ref ulong word, ulong value, ulong expected) =>
        Interlocked.CompareExchange(ref word, value, expected);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Or([SharedWord] ref ulong word, ulong bits) => Interlocked.Or(ref word, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong And([SharedWord] ref ulong word, ulong bits) => Interlocked.And(ref word, bits);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Add([SharedWord] ref ulong word, ulong value) => Interlocked.Add(ref word, value);

    // Out of line: a pause in the middle of a transition would spoil the registers of the path that never waits.
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Pause(int turn)
    {
        if (turn < TurnsBeforeYielding)
            Thread.SpinWait(8 << Math.Min(turn, 6));
        else if (turn < TurnsBeforeSleeping)
            Thread.Yield();
        else
            Thread.Sleep(1); // Who is waited for may have no processor but this one, and a lower priority: giving way to equals does not let it in.
    }
}
