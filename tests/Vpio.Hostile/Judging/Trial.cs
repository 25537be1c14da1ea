using System.Runtime.CompilerServices;
using Vpio.Hostile.Attacks;
using Vpio.Hostile.Grounds;
using Vpio.Hostile.Scoring;

namespace Vpio.Hostile.Judging;

/// <summary>Carries one campaign out beside well-behaved neighbours, and judges what it did to them.</summary>
/// <param name="campaign">The campaign.</param>
/// <param name="open">Opens the ground.</param>
/// <param name="seed">Where all chance begins.</param>
/// <param name="calls">How many hostile calls are to be made.</param>
internal sealed class Trial(Campaign campaign, Func<GroundTerms, IProvingGround> open, int seed, long calls)
{
    private const int MostAttempts = 3;
    private const long FramesDuring = 2 * Lane.Window; // Of each neighbour, at least: two turns or more.

    /// <summary>Gets how long anything may take before it counts as never. Nothing is timed by it.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Carries it out; again, thrice at most, when neighbours came to harm while the machine let nobody run.</summary>
    /// <returns>What came of it.</returns>
    public Score Run()
    {
        for (int attempt = 1; ; attempt++)
        {
            using Pulse pulse = new();
            Score score = RunOnce();
            if (score.Effects.Count == 0 || attempt == MostAttempts || pulse.Longest < campaign.Terms.Grace / 4)
                return score;
        }
    }

    private Score RunOnce()
    {
        using IProvingGround ground = open(campaign.Terms);
        GroundResources before = ground.CountResources();
        Score score = Play(ground);
        return score.Effects.Count == 0 ? score with { Effects = Aftermath.CompareResources(ground, before, Patience) } : score;
    }

    /// <summary>Does all that has to do with guests, so that none is reached from the caller any more.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Score Play(IProvingGround ground)
    {
        Court court = new(ground, Patience);
        Score score = Score.Nothing(campaign);
        try
        {
            score = Attack(court);
            if (!court.Effects.Any)
                Aftermath.ServeNewcomers(court, new Random(seed));
            if (!court.Effects.Any)
                Aftermath.LookAtRest(court);
            court.Witness.Remove();
        }
        catch (Exception thrown)
        {
            court.Effects.Add($"the hypervisor threw {thrown.GetType().Name}: {thrown.Message}");
        }

        return score with { Effects = court.Effects.Found };
    }

    private Score Attack(Court court)
    {
        Random random = new(seed);
        Neighbourhood neighbours = new(court, random);
        long most = Math.Min(calls, campaign.MostCalls);
        Score score = campaign is StrikeCampaign { Home: GuestHome.Judge or GuestHome.Machine } strike ? AttackByThreads(strike, court, neighbours, most, random) : AttackByProgram(court, neighbours, most, random.Next());
        neighbours.WindDown();
        neighbours.Leave();
        return score;
    }

    private Score AttackByProgram(Court court, Neighbourhood neighbours, long most, int chance)
    {
        HostileProgram program = new(court, campaign, neighbours, most, chance);
        neighbours.Begin();
        program.Attack();
        return Score.Of(campaign, program.Tallies, program.Endings, neighbours);
    }

    private Score AttackByThreads(StrikeCampaign strike, Court court, Neighbourhood neighbours, long most, Random random)
    {
        CallBudget budget = new(most);
        HostileGuest[] guests = [.. Enumerable.Range(0, strike.Guests).Select(_ => new HostileGuest(court, strike, budget, random.Next()))];
        neighbours.Begin();
        foreach (HostileGuest guest in guests)
            guest.Start();

        // However fast its calls are, an attack lasts until the neighbours have had their turns beside it.
        neighbours.AwaitProgress(FramesDuring);
        budget.MayEnd();
        AwaitEnd(court, budget);
        budget.Cancel();
        Endings endings = new();
        foreach (HostileGuest guest in guests)
        {
            guest.End();
            endings.Add(guest.Endings);
        }

        return Score.Of(campaign, [.. guests.SelectMany(guest => guest.Tallies)], endings, neighbours);
    }

    /// <summary>Watches until all calls were made. As long as some are, it goes on.</summary>
    private void AwaitEnd(Court court, CallBudget budget)
    {
        while (!budget.IsUsedUp && !court.Effects.Any)
        {
            long left = budget.Left;
            bool moves = SpinWait.SpinUntil(
                () =>
                {
                    court.Look();
                    return budget.IsUsedUp || budget.Left < left || court.Effects.Any;
                },
                Patience);
            if (!moves)
                court.Effects.Add("the attack stands still");
        }
    }
}
