using System.Runtime.CompilerServices;
using Vpio.Abi;

namespace Vpio.Benchmarks.Processes;

/// <summary>Is the application memory by which a benchmark and its guest's process talk: words, each on a cache line of its own.</summary>
/// <param name="memory">The memory, one page.</param>
internal sealed unsafe class Desk(GuestMemory memory)
{
    public const int Bytes = 4096;

    /// <summary>Gets the number of the task, in the upper half, and what it is.</summary>
    public ref ulong Task => ref Word(0);

    /// <summary>Gets how often it is to be done.</summary>
    public ref ulong Count => ref Word(1);

    /// <summary>Gets the number of the last task that is done.</summary>
    public ref ulong Done => ref Word(2);

    /// <summary>Gets how long it took, nanoseconds.</summary>
    public ref ulong ElapsedNs => ref Word(3);

    /// <summary>Gets how many signals were seen.</summary>
    public ref ulong Seen => ref Word(4);

    /// <summary>Gets when the last was, nanoseconds of the monotonic clock.</summary>
    public ref ulong SeenAtNs => ref Word(5);

    /// <summary>Gets the bare word.</summary>
    public ref uint Bare => ref Unsafe.As<ulong, uint>(ref Word(6));

    /// <summary>Gets the bare word by which the guest's side asks.</summary>
    public BareTurn Asking => new(ref Unsafe.As<ulong, uint>(ref Word(7)), ref Unsafe.As<ulong, uint>(ref Word(8)));

    /// <summary>Gets the one by which it is answered.</summary>
    public BareTurn Answering => new(ref Unsafe.As<ulong, uint>(ref Word(9)), ref Unsafe.As<ulong, uint>(ref Word(10)));

    private ref ulong Word(int line) => ref Unsafe.AsRef<ulong>((void*)(memory.Start + (line * 64)));
}
