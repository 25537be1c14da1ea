using Vpio.Hostile.Attacks;
using Vpio.Hostile.Attacks.Processes;
using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Judging;

/// <summary>Is a hostile guest that is a program of its own, as many lives as it has: it attacks until it is done, stopped by force, or killed at a random moment.</summary>
/// <param name="court">Where it is judged.</param>
/// <param name="campaign">What it does.</param>
/// <param name="neighbours">Who must get the device when it is gone.</param>
/// <param name="calls">How many calls it is to make in all its lives.</param>
/// <param name="seed">Where its chance begins.</param>
internal sealed class HostileProgram(Court court, Campaign campaign, Neighbourhood neighbours, long calls, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Tally> _tallies = [];

    /// <summary>Gets what it did.</summary>
    public IReadOnlyList<Tally> Tallies => _tallies;

    /// <summary>Gets how each of its lives ended.</summary>
    public Endings Endings { get; } = new();

    /// <summary>Has it attack.</summary>
    public void Attack()
    {
        for (int life = 0; life < campaign.Lives && !court.Effects.Any; life++)
            LiveOnce(Math.Max(1, calls / campaign.Lives));
    }

    private void LiveOnce(long callsOfLife)
    {
        if (campaign.Admit(court, _random, callsOfLife) is not { } program)
        {
            Endings.Add("refused");
            return;
        }

        HostileReport report = new(program.Application);
        program.Start();
        bool wasEnded = Watch(program, report, campaign.Fate == Fate.Resumed ? long.MaxValue : _random.NextInt64(callsOfLife));
        if (wasEnded)
            End(program);
        AwaitEnding(program);
        long deeds = CountDeeds(report);
        neighbours.AwaitProgress(campaign.FramesAfterLife);
        if (campaign.IsBelieved && CountDeeds(report) != deeds)
            court.Effects.Add($"{program.Id} is said to have ended, and goes on");
        Book(program, report, wasEnded);
        program.Remove();
        GC.KeepAlive(program);
    }

    /// <summary>Ends it at whatever instruction it is.</summary>
    private void End(IGroundProgram program)
    {
        if (campaign.Fate == Fate.Removed)
            program.Remove();
        else
            program.Kill();
    }

    private void AwaitEnding(IGroundProgram program)
    {
        if (!SpinWait.SpinUntil(() => program.Ending is not null, court.Patience))
            court.Effects.Add($"the program of {program.Id} was killed, and its guest is not stopped");
    }

    /// <summary>Watches it until it ends.</summary>
    /// <param name="program">The program.</param>
    /// <param name="report">What it says of itself.</param>
    /// <param name="mostDeeds">After how much of what it does it is to be killed.</param>
    /// <returns>Whether it is to be killed: the moment has come, or it does nothing any more.</returns>
    private bool Watch(IGroundProgram program, HostileReport report, long mostDeeds)
    {
        while (program.Ending is null && !court.Effects.Any)
        {
            long before = CountDeeds(report);
            if (before > mostDeeds)
            {
                Thread.SpinWait(_random.Next(20_000)); // Any instruction is to be met.
                return true;
            }

            bool moves = SpinWait.SpinUntil(
                () =>
                {
                    court.Look();
                    return program.Ending is not null || CountDeeds(report) != before || court.Effects.Any;
                },
                campaign.StandsStillAfter(before) ?? court.Patience);
            if (!moves && campaign.EndsByItself)
                court.Effects.Add("the attack stands still");
            if (!moves)
                return true;
        }

        return program.Ending is null;
    }

    private void Book(IGroundProgram program, HostileReport report, bool wasEnded)
    {
        Endings.Add(wasEnded && campaign.Fate == Fate.Resumed ? $"stuck, {program.Ending}" : $"{program.Ending}");
        _tallies.AddRange(campaign.TalliesOf(report));
        if (program.Ending is { IsExpected: false } ending)
            court.Effects.Add($"the attack itself failed: {ending}");
        if (report.HasForeignFrame)
            court.Effects.Add("a neighbour's frame is in the hostile guest's memory");

        // Who spoils its own calls is answered as it deserves.
        if (campaign.IsBelieved && report.Tallies.FirstOrDefault(tally => tally.Breach is not null) is { Breach: { } breach })
            court.Effects.Add(breach);
    }

    private static long CountDeeds(HostileReport report) => report.Tallies.Sum(tally => tally.Calls + tally.Touches);
}
