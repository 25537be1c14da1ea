using Vpio.Abi;

namespace Vpio.Tool.Accounting;

/// <summary>Checks that the frames which come out somewhere are those that went in, in that order, each once.</summary>
/// <param name="guest">Whose frames they are, for messages.</param>
/// <param name="verb">What coming out means, for messages: "received" or "sent".</param>
/// <param name="faults">Where deviations go.</param>
/// <remarks>Threads: none of its own; the account that owns it holds a lock.</remarks>
internal sealed class ExpectedFrames(DomainId guest, string verb, Faults faults)
{
    /// <summary>How many frames can be on their way through a guest and its device at most, with much to spare.</summary>
    internal const int MostUnderWay = 65_536;

    // A run whose frames are all wrong must still end: past these faults nobody searches for this guest any more.
    private const long SearchingFaults = 1000;

    private readonly DigestQueue _digests = new();
    private long _deviations;

    /// <summary>Gets the number of frames that went in and did not come out yet.</summary>
    internal int Outstanding => _digests.Count;

    /// <summary>Gets the number of frames that came out as they went in.</summary>
    internal long Matched { get; private set; }

    /// <summary>Gets the number of frames that were passed over by one behind them, and so are lost.</summary>
    internal long Skipped { get; private set; }

    /// <summary>Gets the number of frames that came out and were not expected: foreign, changed, doubled or out of order.</summary>
    internal long Unexpected { get; private set; }

    /// <summary>Notes a frame that went in.</summary>
    internal void Expect(ulong digest) => _digests.Add(digest);

    /// <summary>Notes that the newest frames will not come out, for a reason counted elsewhere.</summary>
    /// <returns>How many were there to be taken back; fewer than asked for is a fault of the device.</returns>
    internal int Withdraw(int count)
    {
        int present = Math.Min(count, _digests.Count);
        _digests.RemoveNewest(present);
        return present;
    }

    /// <summary>Notes that the oldest frames will not come out, for a reason counted elsewhere.</summary>
    /// <returns>How many were there.</returns>
    internal int Abandon(long count)
    {
        int present = (int)Math.Min(count, _digests.Count);
        _digests.RemoveOldest(present);
        return present;
    }

    /// <summary>Gives the oldest frame up as lost, because too many are on their way.</summary>
    internal void GiveUpOldest() => Skipped += Abandon(1);

    /// <summary>Holds a frame that came out against the next one expected.</summary>
    internal void Match(ulong digest)
    {
        int window = _deviations < SearchingFaults ? MostUnderWay : 1;
        int before = _digests.Find(digest, window);
        if (before < 0)
        {
            Unexpected++;
            _deviations++;
            faults.Add($"guest {guest} {verb} a frame that nothing announced, or not in this order (number {Matched + Skipped + Unexpected}).");
            return;
        }

        if (before > 0)
        {
            _deviations++;
            faults.Add($"{before} frames of guest {guest} were passed over before number {Matched + Skipped + before + 1} was {verb}.");
        }

        _digests.RemoveOldest(before + 1);
        Skipped += before;
        Matched++;
    }
}
