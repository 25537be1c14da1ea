using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Vpio.Abi.Layout;

namespace Corpus.CallDoor;

[AbiNumbers]
public enum Call : uint
{
    Open = 0,
    Send = 1,
    Close = 2,
}

[AbiNumbers, ReservedNumbers(long.MinValue, -4096, "no errno")]
public enum Status : int
{
    Ok = 0,
    Queued = 1,
    Denied = -13,
    Invalid = -22,
}

[AbiStruct, StructLayout(LayoutKind.Explicit, Size = 32)]
public struct Request
{
    [FieldOffset(0)]
    public uint Number;

    [FieldOffset(4)]
    public uint LengthBytes;

    [FieldOffset(8)]
    public ulong Address;

    [FieldOffset(16)]
    public ulong Flags;

    [FieldOffset(24)]
    public ulong Reserved0;
}

public interface IMemory
{
    [GuestWritable]
    bool TryRead(ulong address, Span<byte> into);

    [GuestWritable]
    uint Read32(ulong address);
}

/// <summary>Takes calls whose arguments the caller may change at any moment.</summary>
public sealed unsafe class Door(IMemory memory)
{
    private const int MostBytes = 256;

    public Status Take([GuestWritable] ref Request request)
    {
        uint number = Volatile.Read(ref request.Number);
        uint lengthBytes = request.LengthBytes;
        ulong address = request.Address;
        if (request.Reserved0 != 0 || lengthBytes > MostBytes)
            return Status.Invalid;
        return number switch
        {
            (uint)Call.Open => Status.Ok,
            (uint)Call.Send => Send(address, lengthBytes),
            (uint)Call.Close => Status.Ok,
            _ => Status.Invalid,
        };
    }

    public Status TakeCopy([GuestWritable] in Request request)
    {
        Request copy = request;
        if (copy.LengthBytes > MostBytes || copy.Reserved0 != 0)
            return Status.Invalid;
        return Send(copy.Address, copy.LengthBytes);
    }

    public uint First([GuestWritable] Request* requests, int count)
    {
        for (int i = 0; i < count; i++)
        {
            uint length = requests[i].LengthBytes;
            if (length != 0 && length < MostBytes)
                return length;
        }

        return 0;
    }

    public uint Checksum([GuestWritable] ReadOnlySpan<byte> bytes)
    {
        byte length = bytes[0];
        if (length >= bytes.Length)
            return 0;
        uint sum = 0;
        foreach (byte each in bytes.Slice(1, length))
            sum += each;
        return sum;
    }

    public uint Follow(ulong address)
    {
        uint next = memory.Read32(address);
        if (next == 0 || next > MostBytes)
            return 0;
        return memory.Read32(address + next);
    }

    public bool WaitFor([GuestWritable] in uint word, uint wanted)
    {
        for (int turn = 0; turn < 1000; turn++)
        {
            if (Volatile.Read(in word) == wanted)
                return true;
            Thread.SpinWait(20);
        }

        return false;
    }

    private Status Send(ulong address, uint lengthBytes)
    {
        Span<byte> frame = stackalloc byte[MostBytes];
        return memory.TryRead(address, frame[..(int)lengthBytes]) ? Status.Queued : Status.Denied;
    }
}
