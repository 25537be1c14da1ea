using Vpio.Hostile.Attacks;
using Vpio.Hostile.Attacks.Processes;
using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Judging;

/// <summary>Is an attack as it is carried out: by whom, what domain 0 does about it, and how much of all calls it makes.</summary>
/// <param name="Name">Its name on the score sheet.</param>
/// <param name="Description">What is done, in one line.</param>
internal abstract record Campaign(string Name, string Description)
{
    /// <summary>Gets what domain 0 does with them.</summary>
    public Fate Fate { get; init; }

    /// <summary>Gets how many programs attack, one after the other.</summary>
    public int Lives { get; init; } = 1;

    /// <summary>Gets how the devices are shared.</summary>
    public GroundTerms Terms { get; init; } = GroundTerms.Usual;

    /// <summary>Gets how many calls it makes at most. An attack that mostly waits would not end otherwise.</summary>
    public long MostCalls { get; init; } = long.MaxValue;

    /// <summary>Gets how many frames each neighbour receives between the end of a program and what comes next.</summary>
    public long FramesAfterLife { get; init; } = Lane.Window;

    /// <summary>Gets the kind of its guests, for the score sheet.</summary>
    public abstract string GuestKind { get; }

    /// <summary>Gets whether what its programs report of themselves holds.</summary>
    public abstract bool IsBelieved { get; }

    /// <summary>Gets whether its programs come to an end when they are let run: one that stands still was left waiting by its hypervisor.</summary>
    public virtual bool EndsByItself => false;

    /// <summary>Tells after how long without another deed a program has come to nothing, and is ended.</summary>
    /// <param name="deeds">How many there were.</param>
    /// <returns>The time; <see langword="null"/>: the judge's own patience.</returns>
    public abstract TimeSpan? StandsStillAfter(long deeds);

    /// <summary>Finds what a program did.</summary>
    /// <param name="report">What it says of itself.</param>
    /// <returns>The counts.</returns>
    public virtual IReadOnlyList<Tally> TalliesOf(HostileReport report) => report.Tallies;

    /// <summary>Admits one of its programs to the first device of the ground.</summary>
    /// <param name="court">Where it is judged.</param>
    /// <param name="random">Where its chance comes from.</param>
    /// <param name="calls">How many calls it is to make.</param>
    /// <returns>The program, not started yet; <see langword="null"/> when the hypervisor refuses it, as it may.</returns>
    public abstract IGroundProgram? Admit(Court court, Random random, long calls);
}
