using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Touches words as the hardware does, but lets what another thread might do happen at a chosen access.</summary>
internal readonly struct OvertakenMemory : IWordMemory
{
    private static Action? _beforeExchange;
    private static Action? _beforeClaim;
    private static Action? _onPause;

    /// <summary>Sets what happens once before a word is compared and exchanged.</summary>
    public static void BeforeExchange(Action overtake) => _beforeExchange = overtake;

    /// <summary>Sets what happens once before bits are taken out of a word.</summary>
    public static void BeforeClaim(Action overtake) => _beforeClaim = overtake;

    /// <summary>Sets what happens at the next pause; at a second one the test fails, so that no wait goes on for ever.</summary>
    public static void OnPause(Action meanwhile) => _onPause = meanwhile;

    /// <summary>Forgets what did not happen.</summary>
    public static void Reset() => (_beforeExchange, _beforeClaim, _onPause) = (null, null, null);

    public static ulong Load(ref ulong word) => HardwareMemory.Load(ref word);

    public static void Store(ref ulong word, ulong value) => HardwareMemory.Store(ref word, value);

    public static ulong Exchange(ref ulong word, ulong value) => HardwareMemory.Exchange(ref word, value);

    public static ulong CompareExchange(ref ulong word, ulong value, ulong expected)
    {
        Interlocked.Exchange(ref _beforeExchange, null)?.Invoke();
        return HardwareMemory.CompareExchange(ref word, value, expected);
    }

    public static ulong Or(ref ulong word, ulong bits) => HardwareMemory.Or(ref word, bits);

    public static ulong And(ref ulong word, ulong bits)
    {
        Interlocked.Exchange(ref _beforeClaim, null)?.Invoke();
        return HardwareMemory.And(ref word, bits);
    }

    public static ulong Add(ref ulong word, ulong value) => HardwareMemory.Add(ref word, value);

    public static void Pause(int turn)
    {
        Action meanwhile = Interlocked.Exchange(ref _onPause, null) ?? throw new InvalidOperationException("nothing ends this wait");
        meanwhile();
    }
}
