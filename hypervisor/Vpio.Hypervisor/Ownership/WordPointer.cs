using Vpio.Abi.Layout;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Points at one shared word, in a mapped page or in pinned memory.</summary>
/// <param name="word">The word, a multiple of 8. The creator keeps its memory mapped for as long as the pointer is used.</param>
internal readonly unsafe struct WordPointer([SharedWord] ulong* word)
{
    /// <summary>Gets the word in place.</summary>
    // SAFETY: bound, alignment and lifetime are the creator's promise above.
    [SharedWord]
    public ref ulong Word => ref *word;
}
