using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Vpio.Abi.Layout;

namespace Corpus.SharedPage;

/// <summary>What a slot is doing.</summary>
[AbiNumbers, ReservedNumbers(200, 255, "for the vendor")]
public enum SlotState : byte
{
    Idle = 0,
    Busy = 1,
    Leaving = 2,
    Gone = 3,
}

[Flags, AbiNumbers]
public enum SlotEvents : uint
{
    None = 0,
    Granted = 1,
    Wanted = 2,
    Lost = 4,
    Any = Granted | Wanted | Lost,
}

/// <summary>State and owner in one word.</summary>
[WordFormat]
public readonly struct SlotWord(ulong value)
{
    public SlotWord(SlotState state, ushort owner)
        : this((byte)state | ((ulong)owner << 8))
    {
    }

    public ulong Value { get; } = value;

    public SlotState State => (SlotState)(byte)Value;

    public ushort Owner => (ushort)(Value >> 8);

    public SlotWord With(SlotState state) => new((Value & ~0xFFul) | (byte)state);
}

[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct Slot
{
    public const int Size = 32;

    [FieldOffset(0), SharedWord(typeof(SlotWord))]
    public ulong State;

    [FieldOffset(8), SharedWord]
    public uint Waiters;

    [FieldOffset(12)]
    public ushort Kind;

    [FieldOffset(14)]
    public ushort Reserved0;

    [FieldOffset(16), SharedWord]
    public ulong Grants;

    [FieldOffset(24), SharedWord]
    public uint Events;

    [FieldOffset(28)]
    public uint Reserved1;
}

[AbiStruct, StructLayout(LayoutKind.Explicit, Size = 4096)]
public struct Page
{
    public const int Slots = 127;

    [FieldOffset(0)]
    public uint Magic;

    [FieldOffset(4)]
    public ushort Major;

    [FieldOffset(6)]
    public ushort Minor;

    [FieldOffset(8), Elements(3)]
    private readonly ulong _reserved;

    [FieldOffset(32), Elements(Slots)]
    private Slot _slots;

    public static ref Slot At(ref Page page, int index)
    {
        if ((uint)index >= Slots)
            throw new ArgumentOutOfRangeException(nameof(index));
        return ref Unsafe.Add(ref page._slots, index);
    }
}

public static class Granting
{
    public static SlotWord Look(in Slot slot) => new(Volatile.Read(in slot.State));

    public static bool TryGrant(ref Slot slot, ushort owner)
    {
        SlotWord seen = new(Volatile.Read(ref slot.State));
        if (seen.State != SlotState.Idle)
            return false;
        SlotWord granted = new(SlotState.Busy, owner);
        if (Interlocked.CompareExchange(ref slot.State, granted.Value, seen.Value) != seen.Value)
            return false;
        Interlocked.Increment(ref slot.Grants);
        Interlocked.Or(ref slot.Events, (uint)SlotEvents.Granted);
        return true;
    }

    public static void Join(ref Page page, int index) => Interlocked.Increment(ref Page.At(ref page, index).Waiters);

    public static void Leave(ref Page page, int index)
    {
        ref Slot slot = ref Page.At(ref page, index);
        Interlocked.Decrement(ref slot.Waiters);
        SlotWord leaving = new SlotWord(Volatile.Read(ref slot.State)).With(SlotState.Leaving);
        Volatile.Write(ref slot.State, leaving.Value);
    }

    public static ulong Sum(ref Page page)
    {
        ulong sum = 0;
        for (int i = 0; i < Page.Slots; i++)
            sum += Volatile.Read(ref Page.At(ref page, i).Grants);
        return sum;
    }
}
