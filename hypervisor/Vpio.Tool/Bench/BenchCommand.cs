using System.CommandLine;
using Vpio.Hypervisor;
using Vpio.Tool.Run;

namespace Vpio.Tool.Bench;

/// <summary>Declares <c>vpio bench</c>: what is measured, and the options of each.</summary>
internal sealed class BenchCommand
{
    private const int MostRounds = 1000;

    private static readonly ExitsOptions Defaults = new();

    private readonly Option<TimeSpan?> _duration = CheckedOption.Time("--duration", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1),
        "How long each way is measured in a round (default 1s).");

    private readonly Option<int?> _rounds = CheckedOption.Whole("--rounds", 1, MostRounds, "How often all ways are measured, in turn (default 5).", "N");

    private readonly Option<TimeSpan?> _slice = CheckedOption.Time("--slice", HypervisorOptions.MinDuration, HypervisorOptions.MaxDuration,
        "How long a guest may own the NIC while others wait, 100us to 1s (default 10ms).");

    private readonly Option<int?> _kvmDescriptor = CheckedOption.Whole("--kvm-descriptor", 0, int.MaxValue,
        "Use this inherited descriptor of /dev/kvm, instead of opening it.", "FD");

    private readonly Option<string?> _plot = CheckedOption.Path("--plot", "Draw the figures into this file, .svg or .png.");

    private readonly Option<bool> _json = new("--json") { Description = "Print the figures as one JSON object, and nothing else." };

    /// <summary>Builds the command.</summary>
    /// <param name="output">Where the figures go.</param>
    internal Command Build(TextWriter output)
    {
        var exits = new Command("exits", "Compare four ways to give guests in virtual machines a NIC: exits and cycles a frame, and throughput.")
        {
            _duration, _rounds, _slice, _kvmDescriptor, _plot, _json,
        };
        exits.SetAction(line => ExitsApplication.Run(Read(line), output));
        return new Command("bench", "Measure, and compare with what one would use instead.") { exits };
    }

    private ExitsOptions Read(ParseResult line) => new()
    {
        Duration = line.GetValue(_duration) ?? Defaults.Duration,
        Rounds = line.GetValue(_rounds) ?? Defaults.Rounds,
        Slice = line.GetValue(_slice) ?? Defaults.Slice,
        KvmDescriptor = line.GetValue(_kvmDescriptor),
        Plot = line.GetValue(_plot),
        Json = line.GetValue(_json),
    };
}
