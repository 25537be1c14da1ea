using System.Numerics;
using Vpio.Abi;
using Vpio.Abi.Layout;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Is the set of guests that wait for one device: a bit for each guest, 64 guests a word.</summary>
/// <remarks>
/// A set and a cyclic scan serve in place of a queue: nobody can be passed twice (rule 4), a guest leaves by one
/// atomic step wherever it stands (rule 8), and nothing is allocated or linked. Who clears a guest's bit decides what
/// becomes of its wait: the granter, the guest itself by cancelling, or the hypervisor by stopping it.
/// </remarks>
internal sealed class WaitSet<TMemory>
    where TMemory : struct, IWordMemory
{
    /// <summary>How many guests a hypervisor has at most; their domain ids are 1 to this.</summary>
    public const int MaxGuests = 1024;

    private const int BitsPerWord = 64;

    [SharedWord]
    private readonly ulong[] _words = new ulong[MaxGuests / BitsPerWord];

    [SharedWord]
    private ulong _wordsInUse;

    /// <summary>Makes room for a guest before it can first join.</summary>
    /// <param name="guest">The guest.</param>
    public void Admit(DomainId guest)
    {
        ulong needed = (ulong)WordOf(guest) + 1;
        ulong inUse;
        do
        {
            inUse = TMemory.Load(ref _wordsInUse);
            if (inUse >= needed)
                return;
        }
        while (TMemory.CompareExchange(ref _wordsInUse, needed, inUse) != inUse);
    }

    /// <summary>Adds a guest.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns><see langword="false"/> when it was waiting already.</returns>
    // ORDER full: the bit is seen before the joiner looks at the state again. Pairs with TMemory.Exchange in DeviceOwnership.Publish.
    public bool Add(DomainId guest) => (TMemory.Or(ref _words[WordOf(guest)], BitOf(guest)) & BitOf(guest)) == 0;

    /// <summary>Takes a guest out; of several who try, one succeeds.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>Whether this call took it out.</returns>
    public bool TryClaim(DomainId guest) => (TMemory.And(ref _words[WordOf(guest)], ~BitOf(guest)) & BitOf(guest)) != 0;

    /// <summary>Tells whether a guest waits.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>Whether its bit is set now.</returns>
    public bool Contains(DomainId guest) => (TMemory.Load(ref _words[WordOf(guest)]) & BitOf(guest)) != 0;

    /// <summary>Tells whether any guest waits.</summary>
    /// <returns>Whether a bit was found set.</returns>
    public bool Any()
    {
        int inUse = (int)TMemory.Load(ref _wordsInUse);
        for (int i = 0; i < inUse; i++)
        {
            if (TMemory.Load(ref _words[i]) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Tells whether any guest waits but one.</summary>
    /// <param name="guest">The guest that does not count.</param>
    /// <returns>Whether another bit was found set.</returns>
    public bool AnyBesides(DomainId guest)
    {
        int own = WordOf(guest);
        int inUse = (int)TMemory.Load(ref _wordsInUse);
        for (int i = 0; i < inUse; i++)
        {
            ulong word = TMemory.Load(ref _words[i]);
            if ((i == own ? word & ~BitOf(guest) : word) != 0)
                return true;
        }

        return false;
    }

    /// <summary>Counts the waiting guests, a hint.</summary>
    /// <returns>How many bits were found set.</returns>
    public int Count()
    {
        int inUse = (int)TMemory.Load(ref _wordsInUse);
        int count = 0;
        for (int i = 0; i < inUse; i++)
            count += BitOperations.PopCount(TMemory.Load(ref _words[i]));
        return count;
    }

    /// <summary>Finds the waiting guest that comes next in cyclic order, without taking it out.</summary>
    /// <param name="last">The guest whose turn was last; <see cref="DomainId.Invalid"/>: start from the first.</param>
    /// <param name="next">The guest found.</param>
    /// <returns>Whether any guest waits.</returns>
    public bool TryFindAfter(DomainId last, out DomainId next) => TryFindAfter(last, this, out next);

    /// <summary>Finds the guest that comes next in cyclic order of those that are in another set too.</summary>
    /// <param name="last">The guest whose turn was last; <see cref="DomainId.Invalid"/>: start from the first.</param>
    /// <param name="also">The other set.</param>
    /// <param name="next">The guest found.</param>
    /// <returns>Whether any guest is in both.</returns>
    public bool TryFindAfter(DomainId last, WaitSet<TMemory> also, out DomainId next)
    {
        int inUse = (int)TMemory.Load(ref _wordsInUse);
        int start = last.IsValid ? last.Value : 0; // Domain id d has bit d - 1, so the bit after it is d.
        int words = inUse + 1; // The first word is looked at twice: from the start on, and at the end what lies before it.
        int i = start / BitsPerWord;
        for (int step = 0; step < words && inUse > 0; step++, i++)
        {
            if (i >= inUse)
                i = 0;
            ulong word = InBoth(also, i);
            if (step == 0)
                word &= ulong.MaxValue << (start % BitsPerWord);
            if (word != 0)
            {
                next = new DomainId((ushort)((i * BitsPerWord) + BitOperations.TrailingZeroCount(word) + 1));
                return true;
            }
        }

        next = DomainId.Invalid;
        return false;
    }

    private ulong InBoth(WaitSet<TMemory> also, int i)
    {
        // The other set first: it is nearly always empty, and then the waiters need no look.
        ulong word = TMemory.Load(ref also._words[i]);
        return word == 0 || also == this ? word : word & TMemory.Load(ref _words[i]);
    }

    private static int WordOf(DomainId guest) => (guest.Value - 1) / BitsPerWord;

    private static ulong BitOf(DomainId guest) => 1UL << ((guest.Value - 1) % BitsPerWord);
}
