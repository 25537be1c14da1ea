namespace Vpio.Simulation.Load;

/// <summary>Gives the jobs of one guest, one after the other.</summary>
internal interface ILoadSource
{
    /// <summary>Gives the next job.</summary>
    /// <param name="afterNs">When the one before came; 0 for the first.</param>
    /// <param name="job">The job; it comes at that time or later.</param>
    /// <returns>Whether there is one.</returns>
    bool TryNext(long afterNs, out Job job);
}
