using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Vpio.Abi.Layout;

namespace Corpus.CardRegisters;

[AbiNumbers]
public static class Register
{
    public const int Identity = 0;
    public const int Status = 4;
    public const int Control = 8;
    public const int Width = 4;
}

[AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
public struct Descriptor
{
    [FieldOffset(0)]
    public ulong Address;

    [FieldOffset(8)]
    public ushort LengthBytes;

    [FieldOffset(10)]
    public byte Kind;

    [FieldOffset(11)]
    public byte Reserved0;

    [FieldOffset(12), SharedWord]
    public uint Flags;
}

public sealed unsafe class Card(byte* start)
{
    [DeviceRegister]
    private readonly uint* _doorbells = (uint*)(start + 64);

    private readonly byte* _start = start;

    [SharedWord]
    private uint _posted;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public uint Read32(int offset) => Volatile.Read(ref At(offset));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public uint Doorbell(int index) => Volatile.Read(ref _doorbells[index]);

    public uint Control
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        get => Volatile.Read(ref At(Register.Control));
        set => Volatile.Write(ref At(Register.Control), value);
    }

    public bool IsReady => (Read32(Register.Status) & 1) != 0;

    public byte Revision => (byte)Read32(Register.Identity);

    public void Ring(int index)
    {
        uint posted = Interlocked.Increment(ref _posted);
        Volatile.Write(ref _doorbells[index], posted);
    }

    public static bool IsDone(in Descriptor descriptor) => (Volatile.Read(in descriptor.Flags) & 1) != 0;

    public static void Complete(ref Descriptor descriptor, ushort lengthBytes)
    {
        descriptor.LengthBytes = lengthBytes;
        Volatile.Write(ref descriptor.Flags, 1);
    }

    [return: DeviceRegister]
    private ref uint At(int offset) => ref *(uint*)(_start + offset);
}
