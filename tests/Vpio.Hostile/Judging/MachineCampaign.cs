using Vpio.Abi;
using Vpio.Hostile.Attacks;
using Vpio.Hostile.Attacks.Machines;
using Vpio.Hostile.Attacks.Processes;
using Vpio.Hostile.Grounds;
using Vpio.Hostile.Scoring;

namespace Vpio.Hostile.Judging;

/// <summary>Is an attack by a guest that is a virtual machine, whose program is another in each of its lives.</summary>
internal sealed record MachineCampaign : Campaign
{
    /// <summary>Makes a campaign.</summary>
    /// <param name="name">Its name on the score sheet.</param>
    /// <param name="attack">The attack.</param>
    public MachineCampaign(string name, MachineAttack attack)
        : base(name, attack.Description) => Attack = attack;

    /// <summary>Makes a campaign that is named as its attack.</summary>
    /// <param name="attack">The attack.</param>
    public MachineCampaign(MachineAttack attack)
        : this($"machine-{attack.Name}", attack)
    {
    }

    /// <summary>Gets the attack.</summary>
    public MachineAttack Attack { get; }

    /// <summary>Gets how many calls and touches a round of the attack comes to, about.</summary>
    public long DeedsOfRound { get; init; } = 1;

    /// <summary>Gets whether an access to what is not there for it is its end.</summary>
    public bool StopsAtStrayAccess { get; init; }

    /// <summary>Gets for how long a program is let stand still that does not end by itself.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    public override string GuestKind => Score.Machine;

    /// <inheritdoc/>
    public override bool IsBelieved => Attack.IsBelieved;

    /// <inheritdoc/>
    public override bool EndsByItself => Attack.EndsByItself;

    /// <inheritdoc/>
    public override IGroundProgram? Admit(Court court, Random random, long calls)
    {
        DeviceIndex device = court.Ground.Devices[0];
        byte[] image = Attack.MakeImage(random, device, Math.Max(1, calls / DeedsOfRound));
        try
        {
            return court.Roster.AdmitMachine(court.Ground, [device], image, StopsAtStrayAccess)
                ?? throw new NotSupportedException("this ground has no guests that are virtual machines");
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public override TimeSpan? StandsStillAfter(long deeds) => EndsByItself ? null : StuckAfter;

    /// <inheritdoc/>
    public override IReadOnlyList<Tally> TalliesOf(HostileReport report)
    {
        if (IsBelieved)
            return base.TalliesOf(report);
        Tally image = new();
        image.Touch();
        return [image];
    }
}
