using Vpio.Fuzz.Worlds;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Fuzz.Door;

/// <summary>Is the hypercall door: two guests that call, scribble and ring as the bytes say, on two devices, among stops, resumes, removals and the passing of time.</summary>
/// <param name="faults">What is to be broken, for tests of this target.</param>
internal sealed class DoorTarget(Faults? faults = null) : IFuzzTarget
{
    private const int MostSteps = 300;

    /// <inheritdoc/>
    public ulong Run(ReadOnlySpan<byte> input)
    {
        InputReader reader = new(input);
        using FuzzWorld world = new(nics: 2, reader.Pick(2) == 0 ? OverrunPolicy.Stop : OverrunPolicy.Detach, faults ?? Faults.None);
        DoorRun run = new(world);
        for (int step = 0; step < MostSteps && !reader.IsAtEnd; step++)
            run.Step(ref reader);
        world.ServeAFreshGuest();
        return run.Course.Digest;
    }
}
