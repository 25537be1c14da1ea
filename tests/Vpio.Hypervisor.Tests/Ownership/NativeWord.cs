using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Is a state word outside the managed heap.</summary>
internal sealed unsafe class NativeWord : IDisposable
{
    // SAFETY: one word, aligned to its size, freed once by Dispose; tests use pointers to it only before that.
    private readonly ulong* _word = (ulong*)NativeMemory.AlignedAlloc(sizeof(ulong), sizeof(ulong));

    public NativeWord(StateWord value) => Value = value;

    public WordPointer Pointer => new(_word);

    public StateWord Value
    {
        get => new(Volatile.Read(ref Pointer.Word));
        set => Volatile.Write(ref Pointer.Word, value.Value);
    }

    // SAFETY: allocated above by the matching function.
    public void Dispose() => NativeMemory.AlignedFree(_word);
}
