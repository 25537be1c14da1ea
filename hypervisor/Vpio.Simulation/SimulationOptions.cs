using Vpio.Hypervisor.Scheduling;
using Vpio.Simulation.Load;

namespace Vpio.Simulation;

/// <summary>Is what a simulation is made of. Two with the same options and seed are the same to the last event.</summary>
internal sealed record SimulationOptions
{
    /// <summary>Gets how many guests there are, 1 to 1024.</summary>
    public int Guests { get; init; } = 16;

    /// <summary>Gets how many devices they share, 1 to 63.</summary>
    public int Devices { get; init; } = 1;

    /// <summary>Gets how many of the devices each guest uses.</summary>
    public int DevicesPerGuest { get; init; } = 1;

    /// <summary>Gets how long it goes on, virtual time.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets the slice of weight 1.</summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Gets the grace.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Gets what becomes of an owner that outlives its grace.</summary>
    public OverrunPolicy Policy { get; init; } = OverrunPolicy.Stop;

    /// <summary>Gets the weights, which the guests of each device get in turn.</summary>
    public IReadOnlyList<int> Weights { get; init; } = [1];

    /// <summary>Gets what the guests want, and when.</summary>
    public ILoadModel Load { get; init; } = new ClosedLoad();

    /// <summary>Gets how many of the guests, the last ones, ignore that they are asked to stop.</summary>
    public int Hogs { get; init; }

    /// <summary>Gets how long a guest takes on average from an upcall to what it does about it.</summary>
    public TimeSpan Reaction { get; init; } = TimeSpan.FromMicroseconds(50);

    /// <summary>Gets how long a new owner whose context had to be loaded waits for its device.</summary>
    public TimeSpan SwitchTime { get; init; } = TimeSpan.FromMicroseconds(10);

    /// <summary>Gets after how long domain 0 lets a stopped or quarantined guest go on.</summary>
    public TimeSpan ResumeAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets how often, on average, something goes wrong that was not foreseen; <see langword="null"/>: never.</summary>
    public TimeSpan? ChaosEvery { get; init; }

    /// <summary>Gets how often, on average, something arrives for a guest, which is then granted next; <see langword="null"/>: never.</summary>
    public TimeSpan? ArrivalsEvery { get; init; }

    /// <summary>Gets what all chance comes from.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Computes the weight that a guest begins with.</summary>
    /// <param name="guest">The guest, from 1.</param>
    public int WeightOf(int guest) => Weights[(guest - 1) / Devices % Weights.Count];

    /// <summary>Tells whether a guest ignores that it is asked to stop.</summary>
    /// <param name="guest">The guest, from 1.</param>
    public bool IsHog(int guest) => guest > Guests - Hogs;

    /// <summary>Finds the devices that a guest uses.</summary>
    /// <param name="guest">The guest, from 1.</param>
    /// <returns>Their numbers, from 0.</returns>
    public IEnumerable<int> DevicesOf(int guest) => Enumerable.Range(0, DevicesPerGuest).Select(i => (guest - 1 + i) % Devices);
}
