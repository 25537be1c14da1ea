using Vpio.Tool.Reporting;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Run;

/// <summary>Runs everything once before it counts, out of sight and with a grace that nobody can miss.</summary>
/// <remarks>
/// The first pass through any code compiles it, and that takes several milliseconds: longer than a grace, so that a guest
/// without fault would be stopped in its very first slice.
/// </remarks>
internal static class Rehearsal
{
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(80);

    /// <summary>Rehearses.</summary>
    /// <param name="interruption">What ends it early.</param>
    internal static void Run(Interruption interruption)
    {
        // With a limit and without one the guests go different ways: waiting for the next frame, or for room in the ring.
        Run(FrameRate.Max, interruption);
        Run(TrafficPlan.DefaultRate, interruption);
    }

    private static void Run(FrameRate rate, Interruption interruption)
    {
        var options = new RunOptions { Duration = Duration, Slice = TimeSpan.FromMilliseconds(1), Grace = TimeSpan.FromSeconds(1), Rate = rate };
        TrafficPlan plan = SampleTraffic.Plan(options, SampleTraffic.ReadSample());
        new RunSession(options, plan, new GuestPrograms(options), output: null, interruption).Run(new SilentView());
    }
}
