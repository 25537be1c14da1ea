namespace Vpio.Simulation.Checking;

/// <summary>Looks on: is shown everything that happens, in order.</summary>
internal interface IWitness
{
    /// <summary>Sees something happen.</summary>
    /// <param name="nowNs">When, nanoseconds from the beginning.</param>
    /// <param name="seen">What.</param>
    void See(long nowNs, in Observation seen);
}
