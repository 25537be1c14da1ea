using System.CommandLine;
using Vpio.Hostile.Grounds;
using Vpio.Hostile.Judging;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hostile.Scoring;

/// <summary>Is the command line: carries out all attacks, or those that are named, and prints the score sheet.</summary>
internal static class ScoreCommand
{
    private const long UsualCalls = 3_000_000;
    private const long UsualCallsFromMachines = 10_000;

    /// <summary>Makes the command.</summary>
    public static RootCommand Make()
    {
        Option<int> seed = new("--seed") { Description = "where all chance begins", DefaultValueFactory = _ => 1 };
        Option<long> calls = new("--calls") { Description = "how many calls an attack makes that does not mostly wait", DefaultValueFactory = _ => UsualCalls };
        Option<long> machineCalls = new("--machine-calls") { Description = "the same for one whose calls a virtual machine makes: each of them is an exit", DefaultValueFactory = _ => UsualCallsFromMachines };
        Option<FileInfo?> json = new("--json") { Description = "where the score sheet is also written, as JSON" };
        Argument<string[]> attacks = new("attacks") { Description = "the attacks; all when none is named" };
        attacks.AcceptOnlyFromAmong([.. Campaigns.All.Select(campaign => campaign.Name)]);
        RootCommand command = new("Attacks the reference hypervisor as hostile guests would, beside well-behaved neighbours, and tells what they noticed: nothing is right.") { seed, calls, machineCalls, json, attacks };
        command.Subcommands.Add(MakeAttack());
        command.SetAction(parsed =>
        {
            (long usual, long fromMachines) = (parsed.GetValue(calls), parsed.GetValue(machineCalls));
            return Run(parsed.GetValue(attacks)!, parsed.GetValue(seed), campaign => campaign is StrikeCampaign { Home: GuestHome.Machine } ? fromMachines : usual, parsed.GetValue(json));
        });
        return command;
    }

    /// <summary>Makes the command that a hostile guest's process runs.</summary>
    private static Command MakeAttack()
    {
        Argument<string> name = new("name") { Description = "the attack" };
        Argument<int> seed = new("seed") { Description = "where its chance begins" };
        Argument<long> calls = new("calls") { Description = "how many calls it makes" };
        Command command = new("attack", "Is the attack of a hostile guest in a process of its own, which a hypervisor starts.") { name, seed, calls };
        command.SetAction(parsed => AttackProgram.Run(Campaigns.All.OfType<StrikeCampaign>().Single(each => each.Name == parsed.GetValue(name)), parsed.GetValue(seed), parsed.GetValue(calls)));
        return command;
    }

    private static int Run(string[] names, int seed, Func<Campaign, long> callsOf, FileInfo? json)
    {
        List<Score> scores = [];
        string? whyNoMachines = KvmSupport.WhyNot();
        foreach (Campaign campaign in Campaigns.All.Where(each => names.Length == 0 || names.Contains(each.Name)))
        {
            if (campaign.GuestKind == Score.Machine && whyNoMachines is not null)
            {
                Console.Error.WriteLine($"{campaign.Name}: not carried out, for no virtual machine can be run here: {whyNoMachines}.");
                continue;
            }

            Console.Error.WriteLine($"{campaign.Name}: {campaign.Description}");
            scores.Add(new Trial(campaign, terms => new ReferenceGround(terms), seed, callsOf(campaign)).Run());
        }

        ScoreSheet sheet = new(scores);
        Console.Write(sheet.ToTable());
        if (json is not null)
            File.WriteAllText(json.FullName, sheet.ToJson());
        return sheet.EffectCount == 0 ? 0 : 1;
    }
}
