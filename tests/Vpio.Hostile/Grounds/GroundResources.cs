namespace Vpio.Hostile.Grounds;

/// <summary>Counts what a hypervisor has open.</summary>
/// <param name="Files">Open files that guests share with it.</param>
/// <param name="Mappings">Mappings of such files.</param>
/// <param name="Threads">Threads that serve guests and devices.</param>
public readonly record struct GroundResources(int Files, int Mappings, int Threads);
