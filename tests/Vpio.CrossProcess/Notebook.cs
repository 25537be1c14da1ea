using System.Runtime.CompilerServices;
using System.Text;
using Vpio.Abi;

namespace Vpio.CrossProcess;

/// <summary>Is the application memory of a guest process, by which it tells the test how far it is, and what it found.</summary>
/// <param name="memory">The memory, one page.</param>
public sealed unsafe class Notebook(GuestMemory memory)
{
    /// <summary>The size of the memory, bytes.</summary>
    public const int Bytes = 4096;

    private const int LengthOffset = 8;
    private const int TextOffset = 16;

    /// <summary>Gets how far the guest is, as its role counts.</summary>
    public ref ulong Progress => ref Unsafe.AsRef<ulong>((void*)memory.Start);

    /// <summary>Gets or sets what the guest found.</summary>
    public string Said
    {
        get => Encoding.UTF8.GetString(Text[..Math.Clamp(Volatile.Read(ref Length), 0, Text.Length)]);
        set => Volatile.Write(ref Length, Encoding.UTF8.GetBytes(value, Text));
    }

    private ref int Length => ref Unsafe.AsRef<int>((void*)(memory.Start + LengthOffset));

    private Span<byte> Text => new((void*)(memory.Start + TextOffset), Bytes - TextOffset);
}
