using Vpio.Abi;

namespace Vpio.Seam;

/// <summary>Reaches its words through an interface, as a seam that costs something would: for the comparison to find.</summary>
internal sealed class IndirectWaitSet(IWords words)
{
    private readonly ulong[] _words = new ulong[16];

    public bool Add(DomainId guest) => (words.Or(ref _words[(guest.Value - 1) / 64], BitOf(guest)) & BitOf(guest)) == 0;

    private static ulong BitOf(DomainId guest) => 1UL << ((guest.Value - 1) % 64);
}

/// <summary>Touches words, by a call that the compiler cannot see through.</summary>
internal interface IWords
{
    ulong Or(ref ulong word, ulong bits);
}
