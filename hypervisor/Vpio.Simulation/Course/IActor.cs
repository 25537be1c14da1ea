namespace Vpio.Simulation.Course;

/// <summary>Is somebody for whom things fall due: a guest, a load, domain 0, a timer of the hypervisor.</summary>
internal interface IActor
{
    /// <summary>Does what is due now.</summary>
    /// <param name="cue">What it is, a number of the actor's own.</param>
    void Act(int cue);
}
