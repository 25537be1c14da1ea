using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Scheduling;
using Vpio.Simulation;
using Vpio.Simulation.Load;
using Vpio.Tool.Run;

namespace Vpio.Tool.Sim;

/// <summary>Declares <c>vpio sim</c>: its options, what each accepts, and how the parsed line becomes <see cref="SimArguments"/>.</summary>
internal sealed class SimCommand
{
    private const double DefaultRate = 10;
    private const double HighestRate = 1_000_000;

    private static readonly TimeSpan Shortest = TimeSpan.FromMicroseconds(1);
    private static readonly SimulationOptions Defaults = new();

    private readonly Option<int?> _guests = CheckedOption.Whole("--guests", 1, RunOptions.MostGuests,
        "How many guests there are, 1 to 1024 (default 16; with a trace as many as it names).", "N");

    private readonly Option<int?> _devices = CheckedOption.Whole("--devices", 1, DevicePage.SlotCount,
        "How many devices there are, 1 to 63; each guest uses one, in turn (default 1).", "N");

    private readonly Option<TimeSpan?> _duration = CheckedOption.Time("--duration", TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1),
        "How long it goes on, virtual time (default 10s; with a trace a second longer than it).");

    private readonly Option<TimeSpan?> _slice = CheckedOption.Time("--slice", HypervisorOptions.MinDuration, HypervisorOptions.MaxDuration,
        "How long a guest of weight 1 may own a device while others wait, 100us to 1s (default 10ms).");

    private readonly Option<TimeSpan?> _grace = CheckedOption.Time("--grace", HypervisorOptions.MinDuration, HypervisorOptions.MaxDuration,
        "How long a guest may take to release when asked, 100us to 1s (default 5ms).");

    private readonly Option<OverrunPolicy?> _policy = CheckedOption.Policy(
        "What becomes of a guest that does not: stop stops it, detach takes the device from it (default stop).");

    private readonly Option<GuestWeights?> _weights = CheckedOption.Weights(
        "How many slices long the slices are, 1 to 16, such as 1,2,4; the guests of each device get them in turn (default 1).");

    private readonly Option<string?> _load = new("--load")
    {
        Description = $"What guests want: closed (the device, always), poisson, bursts, or trace:FILE, a CSV file of {TraceFile.Columns} (default closed).",
        HelpName = "LOAD",
    };

    private readonly Option<double?> _rate = new("--rate")
    {
        Description = "Jobs a second of each guest, with poisson and bursts (default 10).",
        HelpName = "N",
        CustomParser = ParseRate,
    };

    private readonly Option<TimeSpan?> _service = CheckedOption.Time("--service", Shortest, TimeSpan.FromMinutes(1),
        "How long a job takes on average, with poisson and bursts (default 1ms).");

    private readonly Option<int?> _hogs = CheckedOption.Whole("--hogs", 0, RunOptions.MostGuests,
        "How many of the guests ignore that they are asked to stop (default 0).", "N");

    private readonly Option<TimeSpan?> _reaction = CheckedOption.Time("--reaction", Shortest, TimeSpan.FromSeconds(10),
        "How long a guest takes on average from an upcall to what it does about it (default 50us).");

    private readonly Option<TimeSpan?> _resumeAfter = CheckedOption.Time("--resume-after", Shortest, TimeSpan.FromHours(1),
        "After how long domain 0 lets a stopped or quarantined guest go on, on average (default 1s).");

    private readonly Option<TimeSpan?> _arrivals = CheckedOption.Time("--arrivals", Shortest, TimeSpan.FromHours(1),
        "How often, on average, something arrives for a guest, which is then granted next, out of turn (default never).");

    private readonly Option<TimeSpan?> _chaos = CheckedOption.Time("--chaos", Shortest, TimeSpan.FromHours(1),
        "How often, on average, something goes wrong: guests crash, leave, come, overlook; devices are unplugged; settings change (default never).");

    private readonly Option<long?> _seed = CheckedOption.Seed("What all chance comes from; the same seed gives the same run (default 1).");

    private readonly Option<bool> _json = new("--json") { Description = "Print the outcome as one JSON object, and nothing else." };

    private readonly Option<string?> _plot = CheckedOption.Path("--plot", "Draw the waiting times against the bound into this file, .svg or .png.");

    /// <summary>Builds the command.</summary>
    /// <param name="output">Where the outcome goes.</param>
    internal Command Build(TextWriter output)
    {
        var command = new Command("sim", "Simulate guests and devices on virtual time, and hold every step to the rules and to the bound on waiting.")
        {
            _guests, _devices, _duration, _slice, _grace, _policy, _weights, _load, _rate, _service, _hogs, _reaction, _resumeAfter, _arrivals, _chaos, _seed, _json, _plot,
        };
        command.SetAction(line => SimApplication.Run(Read(line), output));
        return command;
    }

    /// <summary>Reads a parsed line.</summary>
    /// <exception cref="UsageException">Its parts do not go together.</exception>
    private SimArguments Read(ParseResult line)
    {
        string name = line.GetValue(_load) ?? SimArguments.Closed;
        double rate = line.GetValue(_rate) ?? DefaultRate;
        TimeSpan service = line.GetValue(_service) ?? TimeSpan.FromMilliseconds(1);
        ILoadModel load = SimArguments.LoadOf(name, rate, service);
        SimArguments arguments = new(Simulation(line, load), name, rate, service, line.GetValue(_json), line.GetValue(_plot));
        RequireWhatGoesTogether(line, arguments);
        return arguments;
    }

    private SimulationOptions Simulation(ParseResult line, ILoadModel load)
    {
        var trace = load as TraceLoad;
        return new SimulationOptions
        {
            Guests = line.GetValue(_guests) ?? trace?.Guests ?? Defaults.Guests,
            Devices = line.GetValue(_devices) ?? Defaults.Devices,
            Duration = line.GetValue(_duration) ?? (trace is null ? Defaults.Duration : TimeSpan.FromMicroseconds(trace.LastNs / 1000) + TimeSpan.FromSeconds(1)),
            Slice = line.GetValue(_slice) ?? Defaults.Slice,
            Grace = line.GetValue(_grace) ?? Defaults.Grace,
            Policy = line.GetValue(_policy) ?? Defaults.Policy,
            Weights = line.GetValue(_weights)?.List ?? Defaults.Weights,
            Load = load,
            Hogs = line.GetValue(_hogs) ?? Defaults.Hogs,
            Reaction = line.GetValue(_reaction) ?? Defaults.Reaction,
            ResumeAfter = line.GetValue(_resumeAfter) ?? Defaults.ResumeAfter,
            ArrivalsEvery = line.GetValue(_arrivals),
            ChaosEvery = line.GetValue(_chaos),
            Seed = line.GetValue(_seed) ?? Defaults.Seed,
        };
    }

    private void RequireWhatGoesTogether(ParseResult line, SimArguments arguments)
    {
        SimulationOptions options = arguments.Options;
        if (options.Load is TraceLoad trace && trace.Guests > options.Guests)
            throw new UsageException($"The trace has a guest {trace.Guests}, and there are only {options.Guests}; give more with --guests.");
        if (options.Hogs > options.Guests)
            throw new UsageException($"There are {options.Guests} guests, and {options.Hogs} of them cannot be hogs.");
        if (!arguments.HasRate && (line.GetValue(_rate) is not null || line.GetValue(_service) is not null))
            throw new UsageException("--rate and --service mean something with --load poisson and --load bursts only.");
    }

    private static double? ParseRate(ArgumentResult result)
    {
        string text = CheckedOption.Single(result);
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double rate) && rate is >= 0.001 and <= HighestRate)
            return rate;
        result.AddError($"--rate {text} is not a number of jobs a second from 0.001 to 1000000.");
        return null;
    }
}
