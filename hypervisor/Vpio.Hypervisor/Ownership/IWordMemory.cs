using Vpio.Abi.Layout;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Is how the ownership protocol touches shared words: in production the hardware, in a test a scheduler that chooses what happens next.</summary>
/// <remarks>
/// A type parameter and static members, so that the compiled transitions hold the plain instructions and nothing else.
/// Every access of a transition to a word that another thread may change goes through here: what goes past it, no
/// exploration sees.
/// </remarks>
internal interface IWordMemory
{
    /// <summary>Loads a word; ordering: acquire.</summary>
    static abstract ulong Load([SharedWord] ref ulong word);

    /// <summary>Stores a word; ordering: release.</summary>
    static abstract void Store([SharedWord] ref ulong word, ulong value);

    /// <summary>Replaces a word and returns what it was; ordering: full.</summary>
    static abstract ulong Exchange([SharedWord] ref ulong word, ulong value);

    /// <summary>Replaces a word if it is as expected, and returns what it was; ordering: full.</summary>
    static abstract ulong CompareExchange([SharedWord] ref ulong word, ulong value, ulong expected);

    /// <summary>Sets bits and returns what the word was; ordering: full.</summary>
    static abstract ulong Or([SharedWord] ref ulong word, ulong bits);

    /// <summary>Keeps only the given bits and returns what the word was; ordering: full.</summary>
    static abstract ulong And([SharedWord] ref ulong word, ulong bits);

    /// <summary>Adds to a word, wrapping around, and returns what it became; ordering: full.</summary>
    static abstract ulong Add([SharedWord] ref ulong word, ulong value);

    /// <summary>Lets others run before a word is looked at again.</summary>
    /// <param name="turn">How often was waited before, from 0.</param>
    static abstract void Pause(int turn);
}
