using System.Globalization;
using Vpio.Simulation;
using Vpio.Simulation.Load;
using Vpio.Tool.Run;

namespace Vpio.Tool.Sim;

/// <summary>Holds what the command line of <c>vpio sim</c> asks for, and writes it down again, so that a run can be repeated.</summary>
/// <param name="Options">The simulation.</param>
/// <param name="LoadName">The load, as <c>--load</c> names it.</param>
/// <param name="Rate">The jobs a second of each guest.</param>
/// <param name="Service">The mean service of a job.</param>
/// <param name="Json">Whether the outcome is printed as one JSON object, and nothing else.</param>
/// <param name="Plot">Where the plot goes; <see langword="null"/> for none.</param>
internal sealed record SimArguments(SimulationOptions Options, string LoadName, double Rate, TimeSpan Service, bool Json, string? Plot)
{
    /// <summary>The load of guests that want the device all the time.</summary>
    internal const string Closed = "closed";

    /// <summary>The load whose jobs come independently of each other.</summary>
    internal const string Poisson = "poisson";

    /// <summary>The load that comes in bursts.</summary>
    internal const string Bursts = "bursts";

    /// <summary>What comes before the path of a load that a file gives.</summary>
    internal const string Trace = "trace:";

    /// <summary>Tells whether the load is made up of rate and service.</summary>
    internal bool HasRate => LoadName is Poisson or Bursts;

    /// <summary>Makes the load that a name stands for.</summary>
    /// <exception cref="UsageException">There is no such load, or its file cannot be used.</exception>
    internal static ILoadModel LoadOf(string name, double rate, TimeSpan service)
    {
        long gapNs = (long)(1e9 / rate);
        return name switch
        {
            Closed => new ClosedLoad(),
            Poisson => new PoissonLoad(gapNs, (long)service.TotalNanoseconds),
            Bursts => new BurstLoad(gapNs, (long)service.TotalNanoseconds),
            _ when name.StartsWith(Trace, StringComparison.Ordinal) => TraceOf(name[Trace.Length..]),
            _ => throw new UsageException($"--load {name} is not known; use closed, poisson, bursts or trace:FILE."),
        };
    }

    /// <summary>Writes the command line that runs the same once more.</summary>
    internal string CommandLine()
    {
        List<string> words =
        [
            "vpio sim",
            $"--guests {Options.Guests} --devices {Options.Devices}",
            $"--duration {Exactly(Options.Duration)} --slice {Exactly(Options.Slice)} --grace {Exactly(Options.Grace)}",
            $"--policy {Options.Policy.ToString().ToLowerInvariant()} --weights {string.Join(',', Options.Weights)}",
            $"--load {LoadName}",
        ];
        if (HasRate)
            words.Add(string.Create(CultureInfo.InvariantCulture, $"--rate {Rate} --service {Exactly(Service)}"));
        words.Add($"--hogs {Options.Hogs} --reaction {Exactly(Options.Reaction)} --resume-after {Exactly(Options.ResumeAfter)}");
        if (Options.ArrivalsEvery is { } arrivals)
            words.Add($"--arrivals {Exactly(arrivals)}");
        if (Options.ChaosEvery is { } every)
            words.Add($"--chaos {Exactly(every)}");
        words.Add($"--seed {Options.Seed}");
        return string.Join(' ', words);
    }

    private static string Exactly(TimeSpan time) => time.TotalMicroseconds.ToString("0.#", CultureInfo.InvariantCulture) + "us";

    private static TraceLoad TraceOf(string path)
    {
        if (path.Length == 0)
            throw new UsageException("--load trace: needs the path of a file.");
        try
        {
            using StreamReader text = new(path);
            return TraceFile.Read(text);
        }
        catch (TraceFormatException refused)
        {
            throw new UsageException($"{path} cannot be used. {refused.Message}");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{path} cannot be read: {refused.Message.ReplaceLineEndings(" ")}");
        }
    }
}
