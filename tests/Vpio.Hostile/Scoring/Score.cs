using Vpio.Abi;
using Vpio.Hostile.Attacks;
using Vpio.Hostile.Judging;

namespace Vpio.Hostile.Scoring;

/// <summary>Is a line of the score sheet.</summary>
/// <param name="Attack">The name of the campaign.</param>
/// <param name="GuestKind">Where the hostile guest lived.</param>
/// <param name="Calls">How many hypercalls it made.</param>
/// <param name="Touches">How often it wrote what it may write, or kicked a device.</param>
/// <param name="Answers">How often each result was given.</param>
/// <param name="Ended">How it ended.</param>
/// <param name="NeighbourTurns">How often its neighbours had the device meanwhile.</param>
/// <param name="NeighbourFrames">How many frames they received, each as it was sent and in order.</param>
internal sealed record Score(
    string Attack, string GuestKind, long Calls, long Touches, IReadOnlyDictionary<DeviceStatus, long> Answers, string Ended, long NeighbourTurns, long NeighbourFrames)
{
    /// <summary>The kind of a guest that lives in the judge's process.</summary>
    public const string InProcess = "in process";

    /// <summary>The kind of a guest that is a process of its own.</summary>
    public const string Process = "process";

    /// <summary>The kind of a guest that is a virtual machine.</summary>
    public const string Machine = "KVM";

    /// <summary>Gets what the attack did to others: nothing, or what.</summary>
    public IReadOnlyList<string> Effects { get; init; } = [];

    /// <summary>Makes the line of an attack that did not come to anything.</summary>
    public static Score Nothing(Campaign campaign) => new(campaign.Name, campaign.GuestKind, 0, 0, new Dictionary<DeviceStatus, long>(), "not carried out", 0, 0);

    /// <summary>Makes the line of an attack.</summary>
    public static Score Of(Campaign campaign, IReadOnlyList<Tally> tallies, Endings endings, Neighbourhood neighbours)
    {
        Dictionary<DeviceStatus, long> answers = tallies.SelectMany(tally => tally.Answers).GroupBy(each => each.Answer).ToDictionary(group => group.Key, group => group.Sum(each => each.Count));
        return new Score(
            campaign.Name, campaign.GuestKind, tallies.Sum(tally => tally.Calls), tallies.Sum(tally => tally.Touches), answers, endings.ToString(), neighbours.Turns, neighbours.Frames);
    }
}
