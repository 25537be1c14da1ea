using System.Text;

namespace Vpio.GuestDriver.Tests;

/// <summary>Runs actors over the words of one guest page in every order of their accesses, sequentially consistent.</summary>
/// <remarks>
/// An actor is run anew for each step: what it saw before is played back to it, its next access happens, and it is broken off. So
/// the code that ships is stepped through on one thread. Two orders that lead to the same words, with each actor having seen the
/// same, go on alike, and only one of them is followed.
/// </remarks>
internal sealed class UpcallExploration(params Action<UpcallSteps>[] actors)
{
    // An endless loop of wake-ups shows as an order that never ends.
    private const int LongestOrder = 200;

    private readonly HashSet<string> _visited = [];

    /// <summary>Gets how many states were met.</summary>
    internal int States => _visited.Count;

    /// <summary>Gets how many of them were ends.</summary>
    internal int Ends { get; private set; }

    /// <summary>Gets whether somebody takes events, so that all must be told at an end.</summary>
    internal bool HasTaker { get; init; } = true;

    /// <summary>Gets what was wrong in the first bad end.</summary>
    internal string? Complaint { get; private set; }

    internal UpcallExploration Run()
    {
        Explore(new UpcallMemory(), [.. actors.Select(_ => Array.Empty<ulong>())], depth: 0);
        return this;
    }

    private void Explore(UpcallMemory memory, ulong[][] seen, int depth)
    {
        if (Complaint is not null || !_visited.Add(Key(memory, seen)))
            return;
        if (depth == LongestOrder)
        {
            Complaint = "the guest is woken for ever";
            return;
        }

        bool isEnd = true;
        for (int actor = 0; actor < actors.Length; actor++)
        {
            UpcallMemory copy = memory.Copy();
            UpcallSteps steps = new(copy, actor, seen[actor]);
            if (!MovesOn(actors[actor], steps))
                continue;
            isEnd = false;
            Explore(copy, [.. seen.Select((each, index) => index == actor ? steps.Seen : each)], depth + 1);
        }

        if (!isEnd)
            return;
        Ends++;
        Complaint ??= memory.ForgottenSleeper() ?? (HasTaker ? memory.LostEvent() : null);
    }

    private static bool MovesOn(Action<UpcallSteps> actor, UpcallSteps steps)
    {
        try
        {
            actor(steps);
        }
        catch (UpcallSteps.BrokenOffException)
        {
            // It has more to do, or waits.
        }

        return steps.HasMoved;
    }

    private static string Key(UpcallMemory memory, ulong[][] seen)
    {
        StringBuilder key = new(memory.ToString());
        foreach (ulong[] each in seen)
            key.Append('|').AppendJoin(',', each);
        return key.ToString();
    }
}
