using System.Globalization;
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
    // A program that spoiled its own calls waits for them for ever, and is ended.
    private static readonly TimeSpan StuckAfter = TimeSpan.FromSeconds(2);

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
        string[] arguments = ["attack", campaign.Name, _random.Next().ToString(CultureInfo.InvariantCulture), callsOfLife.ToString(CultureInfo.InvariantCulture)];
        IGroundProgram program = court.Roster.AdmitProgram(court.Ground, [court.Ground.Devices[0]], arguments)
            ?? throw new NotSupportedException("this ground has no guests that are programs");
        HostileReport report = new(program.Application);
        program.Start();
        bool wasEnded = Watch(program, report, campaign.Fate == Fate.Removed ? _random.NextInt64(callsOfLife) : long.MaxValue);
        if (wasEnded)
            program.Kill();
        if (!SpinWait.SpinUntil(() => program.Ending is not null, court.Patience))
            court.Effects.Add($"the process of {program.Id} was killed, and its guest is not stopped");
        neighbours.AwaitProgress(Lane.Window);
        Book(program, report, wasEnded);
        program.Remove();
        GC.KeepAlive(program);
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
                before == 0 ? court.Patience : StuckAfter);
            if (!moves)
                return true;
        }

        return program.Ending is null;
    }

    private void Book(IGroundProgram program, HostileReport report, bool wasEnded)
    {
        _tallies.AddRange(report.Tallies);
        Endings.Add(wasEnded && campaign.Fate == Fate.Resumed ? $"stuck, {program.Ending}" : $"{program.Ending}");
        if (program.Ending is { IsExpected: false } ending)
            court.Effects.Add($"the attack itself failed: {ending}");
        if (report.HasForeignFrame)
            court.Effects.Add("a neighbour's frame is in the hostile guest's memory");

        // Who spoils its own calls is answered as it deserves.
        if (!campaign.Attack.NeedsProcess && report.Tallies.FirstOrDefault(tally => tally.Breach is not null) is { Breach: { } breach })
            court.Effects.Add(breach);
    }

    private static long CountDeeds(HostileReport report) => report.Tallies.Sum(tally => tally.Calls + tally.Touches);
}
