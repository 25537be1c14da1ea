using System.Text;

namespace Vpio.GuestDriver.Tests.Stepping;

/// <summary>Runs actors over a few shared words in every order of their accesses, sequentially consistent.</summary>
/// <typeparam name="TMemory">The words.</typeparam>
/// <remarks>
/// An actor is run anew for each step: what it saw before is played back to it, its next access happens, and it is broken off. So
/// the code that ships is stepped through on one thread. Two orders that lead to the same words, with each actor having seen the
/// same, go on alike, and only one of them is followed.
/// </remarks>
internal sealed class Exploration<TMemory>(params Action<Steps<TMemory>>[] actors)
    where TMemory : class, ISteppedMemory<TMemory>
{
    // An endless loop of wake-ups shows as an order that never ends.
    private const int LongestOrder = 200;

    private readonly HashSet<string> _visited = [];

    /// <summary>Gets how many states were met.</summary>
    internal int States => _visited.Count;

    /// <summary>Gets how many of them were ends.</summary>
    internal int Ends { get; private set; }

    /// <summary>Gets what was wrong in the first bad end.</summary>
    internal string? Complaint { get; private set; }

    internal Exploration<TMemory> From(TMemory start)
    {
        Explore(start, [.. actors.Select(_ => Array.Empty<ulong>())], depth: 0);
        return this;
    }

    private void Explore(TMemory memory, ulong[][] seen, int depth)
    {
        if (Complaint is not null || !_visited.Add(Key(memory, seen)))
            return;
        if (depth == LongestOrder)
        {
            Complaint = "somebody is woken for ever";
            return;
        }

        bool isEnd = true;
        for (int actor = 0; actor < actors.Length; actor++)
        {
            TMemory copy = memory.Copy();
            Steps<TMemory> steps = new(copy, actor, seen[actor]);
            if (!MovesOn(actors[actor], steps))
                continue;
            isEnd = false;
            Explore(copy, [.. seen.Select((each, index) => index == actor ? steps.Seen : each)], depth + 1);
        }

        if (!isEnd)
            return;
        Ends++;
        Complaint ??= memory.JudgeEnd();
    }

    private static bool MovesOn(Action<Steps<TMemory>> actor, Steps<TMemory> steps)
    {
        try
        {
            actor(steps);
        }
        catch (BrokenOffException)
        {
            // It has more to do, or waits.
        }

        return steps.HasMoved;
    }

    private static string Key(TMemory memory, ulong[][] seen)
    {
        StringBuilder key = new(memory.ToString());
        foreach (ulong[] each in seen)
            key.Append('|').AppendJoin(',', each);
        return key.ToString();
    }
}
