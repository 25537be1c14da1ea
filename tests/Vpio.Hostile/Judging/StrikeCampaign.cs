using System.Globalization;
using Vpio.Hostile.Attacks;
using Vpio.Hostile.Grounds;
using Vpio.Hostile.Scoring;

namespace Vpio.Hostile.Judging;

/// <summary>Is an attack by calls: from threads of the judge's process, which make them there or have a virtual machine make them, or from a process of its own.</summary>
/// <param name="Name">Its name on the score sheet.</param>
/// <param name="Attack">The attack.</param>
internal sealed record StrikeCampaign(string Name, Attack Attack) : Campaign(Name, Attack.Description)
{
    // A program that spoiled its own calls waits for them for ever.
    private static readonly TimeSpan SpoiltAfter = TimeSpan.FromSeconds(2);

    /// <summary>Makes a campaign that is named as its attack.</summary>
    /// <param name="attack">The attack.</param>
    public StrikeCampaign(Attack attack)
        : this(attack.Name, attack)
    {
    }

    /// <summary>Gets where its guests live.</summary>
    public GuestHome Home { get; init; }

    /// <summary>Gets how many guests attack.</summary>
    public int Guests { get; init; } = 1;

    /// <summary>Gets how many threads each of them has.</summary>
    public int Threads { get; init; } = 1;

    /// <inheritdoc/>
    public override string GuestKind => Home switch
    {
        GuestHome.Judge => Score.InProcess,
        GuestHome.Process => Score.Process,
        _ => Score.Machine,
    };

    /// <inheritdoc/>
    public override bool IsBelieved => !Attack.NeedsProcess;

    /// <inheritdoc/>
    public override IGroundProgram Admit(Court court, Random random, long calls)
    {
        string[] arguments = ["attack", Name, random.Next().ToString(CultureInfo.InvariantCulture), calls.ToString(CultureInfo.InvariantCulture)];
        return court.Roster.AdmitProgram(court.Ground, [court.Ground.Devices[0]], arguments)
            ?? throw new NotSupportedException("this ground has no guests that are programs");
    }

    /// <inheritdoc/>
    public override TimeSpan? StandsStillAfter(long deeds) => deeds == 0 ? null : SpoiltAfter;
}
