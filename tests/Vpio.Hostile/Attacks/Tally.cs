using Vpio.Abi;

namespace Vpio.Hostile.Attacks;

/// <summary>Counts what one thread of an attack did and how the hypervisor answered. Others may read it meanwhile.</summary>
public sealed class Tally
{
    private const int Positive = 0; // By -result: no result is a positive number but Queued, which is put last.
    private const int Slots = 128;

    private static readonly Dictionary<Breach, string> Reported = new()
    {
        [Attacks.Breach.NoResult] = "a call's result is none of the ABI",
        [Attacks.Breach.ForeignFrame] = "a neighbour's frame is in the hostile guest's memory",
        [Attacks.Breach.DeadWindowAnswered] = "a register answered while the guest did not own the device",
        [Attacks.Breach.DeadWriteCame] = "what was written while the guest did not own the device reached it later",
        [Attacks.Breach.OwnerNotAnswered] = "a register did not answer the device's owner",
        [Attacks.Breach.ReadOnlyChanged] = "a page that the guest may only read was changed by it",
        [Attacks.Breach.TablesReached] = "the tables of the guest's processor can be reached",
        [Attacks.Breach.LivedOn] = "the guest went on after an access for which it was to be stopped",
    };

    private readonly long[] _answers = new long[Slots];
    private long _touches;
    private string? _breach;

    /// <summary>Gets how many calls were made.</summary>
    public long Calls => _answers.Sum();

    /// <summary>Gets how many pages, registers and descriptors were written, and devices kicked.</summary>
    public long Touches => Volatile.Read(ref _touches);

    /// <summary>Gets what the ABI does not allow of what a call did, the first of them: a result that is none, an exception.</summary>
    public string? Breach => Volatile.Read(ref _breach);

    /// <summary>Gets how often each answer was given.</summary>
    public IEnumerable<(DeviceStatus Answer, long Count)> Answers =>
        Enum.GetValues<DeviceStatus>().Select(answer => (answer, _answers[PlaceOf((long)answer)])).Where(each => each.Item2 > 0);

    /// <summary>How many numbers a tally has when it is written down.</summary>
    public const int Numbers = Slots + 2;

    /// <summary>Writes the counts down where another process reads them.</summary>
    /// <param name="into">Where, <see cref="Numbers"/> long.</param>
    public void WriteTo(Span<long> into)
    {
        _answers.CopyTo(into);
        into[Slots] = _touches;
        into[Slots + 1] = Breach is null ? 0 : (long)Attacks.Breach.Call;
    }

    /// <summary>Reads counts that were written down.</summary>
    /// <param name="from">Where, <see cref="Numbers"/> long.</param>
    /// <returns>A tally of that.</returns>
    public static Tally ReadFrom(ReadOnlySpan<long> from)
    {
        Tally tally = new();
        from[..Slots].CopyTo(tally._answers);
        tally._touches = from[Slots];
        if (from[Slots + 1] is var breach and not 0)
            tally.Break(Reported.GetValueOrDefault((Breach)breach, "a call did what the ABI does not allow; its standard error says what"));
        else if (Enumerable.Range(0, Slots - 1).FirstOrDefault(place => tally._answers[place] != 0 && !IsAnswer(-place), -1) is var wrong and >= 0)
            tally.Break($"a call answered {-wrong}, which is no result of the ABI");
        return tally;
    }

    /// <summary>Books the result of a call.</summary>
    /// <param name="cmd">The operation.</param>
    /// <param name="result">The result.</param>
    public void Book(uint cmd, long result)
    {
        _answers[PlaceOf(result)]++;
        if (!IsAnswer(result))
            Break($"operation {cmd} answered {result}, which is no result of the ABI");
    }

    /// <summary>Books something that is no call.</summary>
    public void Touch() => _touches++;

    /// <summary>Books what the ABI does not allow.</summary>
    /// <param name="breach">What it is.</param>
    public void Break(string breach) => Interlocked.CompareExchange(ref _breach, breach, null);

    private static bool IsAnswer(long result) => result is >= int.MinValue and <= int.MaxValue && Enum.IsDefined((DeviceStatus)result);

    private static int PlaceOf(long result) => result is > -(Slots - 1) and <= Positive ? (int)-result : Slots - 1;
}
