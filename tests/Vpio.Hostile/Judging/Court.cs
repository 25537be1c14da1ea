using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Judging;

/// <summary>Is where one attack is judged: the ground, who is on it, what is watched, and what was found.</summary>
internal sealed class Court
{
    /// <summary>Opens a court over a ground.</summary>
    /// <param name="ground">The ground.</param>
    /// <param name="patience">How long anything may take before it counts as never.</param>
    public Court(IProvingGround ground, TimeSpan patience)
    {
        Ground = ground;
        Patience = patience;
        Book = new OwnershipBook(Effects);
        Watch = new PageWatch(Roster, Book, Effects);
        Witness = Roster.Admit(ground, [], isHostile: false);
    }

    /// <summary>Gets the ground.</summary>
    public IProvingGround Ground { get; }

    /// <summary>Gets how long anything may take.</summary>
    public TimeSpan Patience { get; }

    /// <summary>Gets what was found.</summary>
    public Effects Effects { get; } = new();

    /// <summary>Gets who is on the ground.</summary>
    public Roster Roster { get; } = new();

    /// <summary>Gets whose each ownership was.</summary>
    public OwnershipBook Book { get; }

    /// <summary>Gets who looks at the device page.</summary>
    public PageWatch Watch { get; }

    /// <summary>Gets a guest without devices, through whose port the judge sees the device page.</summary>
    public IGroundGuest Witness { get; }

    /// <summary>Looks at the device page.</summary>
    public void Look() => Watch.Look(Witness.Port, Ground.Devices);
}
