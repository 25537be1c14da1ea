using Vpio.Simulation.Course;

namespace Vpio.Simulation.Load;

/// <summary>Is what guests want of a device, and when: a source of jobs for each guest.</summary>
internal interface ILoadModel
{
    /// <summary>Makes the source of a guest's jobs at one device.</summary>
    /// <param name="guest">Which guest, from 1.</param>
    /// <param name="chance">The guest's own random numbers.</param>
    ILoadSource For(int guest, Chance chance);
}
