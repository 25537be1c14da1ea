using Vpio.Simulation;
using Vpio.Simulation.Checking;
using Vpio.Tool.Accounting;
using Vpio.Tool.Run;

namespace Vpio.Tool.Sim;

/// <summary>Is what is known at the end of a simulation.</summary>
/// <param name="Arguments">What was asked for.</param>
/// <param name="Run">The simulation.</param>
internal sealed record SimReport(SimArguments Arguments, SimulationRun Run)
{
    /// <summary>Gets what did not hold; <see langword="null"/> when everything did.</summary>
    internal Violation? Violation => Run.Checker.Violation;

    /// <summary>Gets how the command ends.</summary>
    internal int Code => Violation is null ? ExitCode.Success : ExitCode.Failed;

    /// <summary>Gets the guests by weight.</summary>
    internal IReadOnlyList<SimClass> Classes { get; } =
    [
        .. Run.Waits.Select(each =>
        {
            int[] guests = [.. Enumerable.Range(1, Run.Options.Guests).Where(guest => Run.Options.WeightOf(guest) == each.Key)];
            return new SimClass(each.Key, guests.Length, each.Value, guests.Length == 0 ? 0 : guests.Average(guest => (double)Run.OwnedNs(guest)));
        }).Where(each => each.Guests > 0),
    ];

    /// <summary>Gets the share of the time in which the devices did what their owners needed them for.</summary>
    internal double AtWork => ShareOf(Run.Host.Guests.SelectMany(guest => guest.Uses).Sum(use => (double)use.WorkedNs));

    /// <summary>Gets the share of the time in which the devices had owners.</summary>
    internal double Owned => ShareOf(Enumerable.Range(1, Run.Options.Guests).Sum(guest => (double)Run.OwnedNs(guest)));

    /// <summary>Gets Jain's index over device time for weight, at the device where it is lowest; hogs do not count.</summary>
    internal double Jain => Enumerable.Range(0, Run.Options.Devices).Min(JainOf);

    private double JainOf(int device) => JainIndex.Of([.. Enumerable.Range(1, Run.Options.Guests)
        .Where(guest => !Run.Options.IsHog(guest) && Run.Options.DevicesOf(guest).Contains(device))
        .Select(guest => (double)Run.OwnedNs(guest) / Run.Options.WeightOf(guest))]);

    private double ShareOf(double nanoseconds) => nanoseconds / Math.Max(1, Run.Time.NowNs) / Run.Options.Devices;
}
