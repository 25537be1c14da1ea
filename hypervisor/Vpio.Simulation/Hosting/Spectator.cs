using Vpio.Simulation.Checking;
using Vpio.Simulation.Course;

namespace Vpio.Simulation.Hosting;

/// <summary>Shows what happens to all who look on, with the time.</summary>
/// <param name="time">The clock.</param>
/// <param name="witnesses">Who looks on.</param>
internal sealed class Spectator(VirtualTime time, params IWitness[] witnesses)
{
    /// <summary>Shows something.</summary>
    /// <param name="seen">What.</param>
    public void See(in Observation seen)
    {
        foreach (IWitness witness in witnesses)
            witness.See(time.NowNs, seen);
    }
}
