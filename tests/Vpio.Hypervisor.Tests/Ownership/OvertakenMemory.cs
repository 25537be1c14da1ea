using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Touches words as the hardware does, but lets something happen once between a look at a word and its exchange.</summary>
internal readonly struct OvertakenMemory : IWordMemory
{
    private static Action? _overtake;

    /// <summary>Sets what happens before the next exchange.</summary>
    public static void OvertakeOnce(Action overtake) => _overtake = overtake;

    public static ulong Load(ref ulong word) => HardwareMemory.Load(ref word);

    public static void Store(ref ulong word, ulong value) => HardwareMemory.Store(ref word, value);

    public static ulong Exchange(ref ulong word, ulong value) => HardwareMemory.Exchange(ref word, value);

    public static ulong CompareExchange(ref ulong word, ulong value, ulong expected)
    {
        Interlocked.Exchange(ref _overtake, null)?.Invoke();
        return HardwareMemory.CompareExchange(ref word, value, expected);
    }

    public static ulong Or(ref ulong word, ulong bits) => HardwareMemory.Or(ref word, bits);

    public static ulong And(ref ulong word, ulong bits) => HardwareMemory.And(ref word, bits);

    public static ulong Add(ref ulong word, ulong value) => HardwareMemory.Add(ref word, value);

    public static void Pause(int turn) => HardwareMemory.Pause(turn);
}
