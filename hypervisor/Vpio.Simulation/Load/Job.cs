namespace Vpio.Simulation.Load;

/// <summary>Is something that a guest needs the device for.</summary>
/// <param name="AtNs">When it comes up, nanoseconds from the beginning.</param>
/// <param name="ServiceNs">How long it takes on the device, nanoseconds.</param>
internal readonly record struct Job(long AtNs, long ServiceNs)
{
    /// <summary>The service of a job that never ends.</summary>
    public const long Endless = long.MaxValue;
}
