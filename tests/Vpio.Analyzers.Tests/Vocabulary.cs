// What the cases are written with: a NIC as any driver author might declare it. Members are extern, so there is no body to look into.
#pragma warning disable CS0626, CS0824, CS0169, CS0649, CS0414, CS0067, CS8618
global using System;
global using System.Collections.Generic;
global using System.Diagnostics;
global using System.Diagnostics.CodeAnalysis;
global using System.IO;
global using System.Linq;
global using System.Runtime.CompilerServices;
global using System.Runtime.InteropServices;
global using System.Threading;
global using System.Threading.Tasks;
global using Vpio.Abi.Layout;
global using Vpio.Abi.Ownership;
global using static Elsewhere;

/// <summary>A device with one owner at a time.</summary>
public sealed class Nic
{
    [NoThrow] public extern Nic();

    [Acquires] public extern void Grab();
    [Acquires(Shared = true)] public extern void Observe();
    [Acquires] public extern Scope Enter();
    [Acquires] public extern Lease GrabLease();
    [Acquires] public extern Task<Lease> GrabLeaseAsync();
    [TryAcquires(true), NoThrow] public extern bool TryGrab();
    [TryAcquires(true), NoThrow] public extern bool TryGrab([Owns, NotNullWhen(true)] out Lease? lease);
    [TryAcquires(nameof(Scope.Granted)), NoThrow] public extern Scope TryEnter();
    [TryAcquires(Outcome.NonNull), NoThrow] public extern Lease? TryGrabOrNull();
    [TryAcquires(Answer.Granted), NoThrow] public extern Answer Ask();
    [TryAcquires(0), NoThrow] public extern int Errno();
    [TryAcquires(Outcome.NonZero), NoThrow] public extern int Ticket();
    [TryAcquires(nameof(granted)), NoThrow] public extern void Ask(int timeoutMs, ref bool granted);

    [Releases, NoThrow] public extern void Release();
    [Releases, NoThrow] public extern Pause Pause();
    [ReleasesWhen(true), NoThrow] public extern bool TryRelease();

    [AssertsHeld] public extern void EnsureHeld();
    [HeldWhen(true)] public extern bool IsHeld { [NoThrow] get; }
    [Hint] public extern bool LooksIdle { [NoThrow] get; }
    [Polls, RevokedWhen(true)] public extern bool Wanted { [NoThrow] get; }

    [RequiresHeld(Shared = true), NoThrow] public extern uint Read(int offset);
    [RequiresHeld, NoThrow] public extern void Write(int offset, uint value);
    [RequiresHeld] public extern uint this[int offset] { [NoThrow] get; [NoThrow] set; }
    [RequiresHeld] public extern Window Registers { [NoThrow] get; }
    [RequiresHeld, NoThrow] public extern Buffer Map(int offset, int length);
    [RequiresHeld, OwnershipAlias] public extern unsafe uint* Raw { [NoThrow] get; }
    [RequiresHeld, Quiesce, NoThrow] public extern void Quiesce();
    [RequiresHeld, MayRevoke, Polls, NoThrow] public extern void WaitForInterrupt();
}

/// <summary>A device that counts its grabs.</summary>
public sealed class CountingNic
{
    [Acquires(Reentrant = true)] public extern void Grab();
    [Releases, NoThrow] public extern void Release();
    [RequiresHeld, NoThrow] public extern void Write(int offset, uint value);
}

public enum Answer { Busy, Granted }

/// <summary>Owns one hold on the stack.</summary>
[ScopedOwnership, NonCopyable]
public ref struct Scope
{
    public readonly extern bool Granted { [NoThrow] get; }
    [Releases, NoThrow] public readonly extern void Release();
    [Acquires] public readonly extern void Regrab();
    [Releases, NoThrow] public readonly extern void Dispose();
    [RequiresHeld(nameof(nic)), NoThrow] public static extern Scope Adopt([OwnershipAlias] Nic nic);
}

/// <summary>Gives the hold back while it lives.</summary>
[ScopedOwnership(Inverse = true), NonCopyable]
public ref struct Pause
{
    [Acquires] public readonly extern void Dispose();
}

/// <summary>Owns one hold on the heap.</summary>
[ScopedOwnership]
public sealed class Lease : IDisposable, IAsyncDisposable
{
    [RequiresHeld, NoThrow] public extern void Write(int offset, uint value);
    [Releases, NoThrow] public extern void Dispose();
    [Releases, NoThrow] public extern ValueTask DisposeAsync();
}

/// <summary>A lease around a lease: one hold.</summary>
[ScopedOwnership]
public sealed class TracedLease : IDisposable
{
    public extern TracedLease([OwnershipAlias] Lease inner);
    [RequiresHeld, NoThrow] public extern void Write(int offset, uint value);
    [Releases, NoThrow] public extern void Dispose();
}

/// <summary>A view that the compiler keeps on the stack.</summary>
[OwnershipAlias]
public ref struct Window
{
    public readonly extern uint this[int offset] { [NoThrow] get; [NoThrow] set; }
}

/// <summary>A view that the compiler does not confine.</summary>
[OwnershipAlias]
public sealed class Buffer
{
    public extern uint this[int offset] { [NoThrow] get; [NoThrow] set; }
}

/// <summary>A part of a device: one ownership.</summary>
[SameAs(nameof(Parent))]
public sealed class Queue
{
    public readonly Nic Parent = new();
    [Acquires] public extern void Grab();
    [Releases, NoThrow] public extern void Release();
    [RequiresHeld, NoThrow] public extern void Post(uint value);
}

/// <summary>A chain of devices.</summary>
public sealed class Link
{
    public extern Nic Nic { [NoThrow] get; }
    public extern Link? Next { [NoThrow] get; }
}

/// <summary>A device that everybody reaches.</summary>
public static class Shelf
{
    public static readonly Nic Spare = new();
}

/// <summary>Calls back when it likes.</summary>
public sealed class Clock
{
    public event EventHandler? Tick;
}

/// <summary>A reference to a device, by value.</summary>
public readonly struct NicRef
{
    public readonly Nic Nic;
    public NicRef(Nic nic) => Nic = nic;
}

/// <summary>A library that says nothing of devices.</summary>
public static class Elsewhere
{
    public static extern bool Chance();
    [NoThrow] public static extern bool More();
    [NoThrow] public static extern bool Flip();
    [NoThrow] public static extern void Log();
    public static extern void MayFail();
    [DoesNotReturn] public static extern void Fail();
    public static extern Task Later();
    public static extern Task<int> Count();
    public static extern IAsyncEnumerable<int> Arrivals();
    public static extern void Keep(Action action);
    public static extern void Now([Immediate] Action action);
    public static extern Nic Find(int index);
    public static extern void Swap(ref Nic nic);
    public static extern void Look(in Nic nic);
    public static extern void Show(Nic nic);
    public static extern void Store(Buffer view);
    public static extern void Peek([NoEscape] Buffer view);
    [NoThrow] public static extern void Take([Owns] Lease lease);
    public static extern void TakeOrFail([Owns] Lease lease);
    [Acquires(nameof(x), nameof(y))] public static extern Scope GrabBoth(Nic x, Nic y);
}

/// <summary>What the members of a case are put into.</summary>
public partial class Driver
{
    public readonly Nic nic = new(), other = new();
    public readonly CountingNic counting = new();
    public readonly Nic[] nics = { new(), new() };
    public readonly IReadOnlyDictionary<string, Nic> byName = new Dictionary<string, Nic>();
    public readonly object gate = new();
    public readonly SemaphoreSlim tickets = new(1);
    public readonly Clock clock = new();
    public readonly List<Buffer> buffers = new();
    public Nic current = new();
    public bool flag;
    public Buffer? kept;

    [Excludes(nameof(nic))] public extern void Reset();
    [RequiresHeld(nameof(nic)), NoThrow] public extern void Kick();
    public extern void Need([RequiresHeld] scoped in Scope scope);
    public extern void NeedOfNic([RequiresHeld(nameof(nic))] scoped in Scope scope);
    public extern void GiveBoth([Releases(nameof(nic), nameof(other))] scoped ref Scope scope);
}
