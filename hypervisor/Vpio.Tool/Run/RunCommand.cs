using System.CommandLine;
using System.CommandLine.Parsing;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Tool.Run;

/// <summary>Declares <c>vpio run</c>: its options, what each accepts, and how the parsed line becomes <see cref="RunOptions"/>.</summary>
internal sealed class RunCommand
{
    private readonly Option<int?> _guests = CheckedOption.Whole("--guests", 1, RunOptions.MostGuests,
        "How many guests share the NIC, 1 to 1024 (default 4; with --pcap as many as the capture needs).", "N");

    private readonly Option<GuestKinds?> _kind = new("--guest-kind")
    {
        Description = "What a guest is: inprocess (a thread of this process), process (a process of its own), c (likewise, running a program in C, which gcc builds), "
            + "kvm (a virtual machine under KVM, running the same in C if gcc is here, or else as kvm-asm), kvm-asm (a virtual machine, running the same as an assembled program), or a list such as inprocess,process, which repeats over the guests (default inprocess; with --guest-program process).",
        HelpName = "KIND,KIND,...",
        CustomParser = ParseKinds,
    };

    private readonly Option<string?> _program = CheckedOption.Path("--guest-program",
        "Run this program in each guest of kind process, instead of vpio itself.");

    private readonly Option<int?> _kvmDescriptor = CheckedOption.Whole("--kvm-descriptor", 0, int.MaxValue,
        "Use this inherited descriptor of /dev/kvm for guests of kinds kvm and kvm-asm, instead of opening it.", "FD");

    private readonly Option<StrayAccess?> _strayAccess = new("--stray-access")
    {
        Description = "What comes of an access of a guest of kind kvm or kvm-asm to the NIC while it does not own it: nodevice (no device answers), or stop (it is stopped) (default nodevice).",
        HelpName = "nodevice|stop",
        CustomParser = ParseStrayAccess,
    };

    private readonly Option<bool> _respawn = new("--respawn")
    {
        Description = "Put a new guest in the place of one that was stopped by force, or whose process or machine ended.",
    };

    private readonly Option<TimeSpan?> _duration = CheckedOption.Time("--duration", TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1),
        "How long frames are sent (default 5s; with --pcap until all are carried).");

    private readonly Option<TimeSpan?> _slice = CheckedOption.Time("--slice", TimeSpan.FromMicroseconds(100), TimeSpan.FromSeconds(1),
        "How long a guest may hold the NIC while others wait, 100us to 1s (default 10ms).");

    private readonly Option<TimeSpan?> _grace = CheckedOption.Time("--grace", TimeSpan.FromMicroseconds(100), TimeSpan.FromSeconds(1),
        "How long a guest may take to release the NIC when asked, 100us to 1s (default 50ms; with --pcap 1s). Then --policy says what becomes of it.");

    private readonly Option<OverrunPolicy?> _policy = CheckedOption.Policy(
        "What becomes of a guest that does not release within the grace: stop (it is stopped), or detach (only the NIC is taken from it; the third time in 60s it is quarantined) (default stop).");

    private readonly Option<GuestWeights?> _weights = CheckedOption.Weights(
        "How many slices long each guest's slice is, 1 to 16, such as 1,2,4; the list repeats over the guests (default 1).");

    private readonly Option<RunRole?> _role = new("--role")
    {
        Description = "What the guests do: mixed (half transmits, half receives), tx or rx (default mixed; with --pcap tx).",
        HelpName = "tx|rx|mixed",
        CustomParser = ParseRole,
    };

    private readonly Option<int?> _hogs = CheckedOption.Whole("--hog", 0, RunOptions.MostGuests,
        "How many of the guests ignore that they are asked for the NIC (default 0; with --pcap they are extra guests).", "N");

    private readonly Option<long?> _seed = CheckedOption.Seed("Decides which transmitter begins with which receiver (default 1).");

    private readonly Option<bool> _json = new("--json") { Description = "Print the outcome as one JSON object, and nothing else." };

    private readonly Option<FrameRate?> _rate = new("--rate")
    {
        Description = "Frames a second of each transmitting guest, or max (default 10000; with --pcap max).",
        HelpName = "N|max",
        CustomParser = ParseRate,
    };

    private readonly Option<string?> _capture = CheckedOption.Path("--pcap",
        "Replay this capture, pcap or pcapng: each source MAC address becomes a transmitting guest.");

    private readonly Option<string?> _captureOut = CheckedOption.Path("--pcap-out",
        "Write what the wire carried into this file, as pcap.");

    /// <summary>Builds the command.</summary>
    /// <param name="run">Runs the parsed line and returns the exit code.</param>
    /// <returns>The command, to be added to the root.</returns>
    internal Command Build(Func<RunOptions, int> run)
    {
        var command = new Command("run", "Let guests share a NIC on real frames, watch them, and account for every frame.")
        {
            _guests, _kind, _program, _kvmDescriptor, _strayAccess, _respawn, _duration, _slice, _grace, _policy, _weights, _role, _rate, _hogs, _seed, _capture, _captureOut, _json,
        };
        command.SetAction(line => run(Read(line)));
        return command;
    }

    private RunOptions Read(ParseResult line)
    {
        var defaults = new RunOptions();
        return new RunOptions
        {
            Guests = line.GetValue(_guests),
            Kinds = KindsOf(line),
            GuestProgram = line.GetValue(_program),
            KvmDescriptor = line.GetValue(_kvmDescriptor),
            StrayAccess = line.GetValue(_strayAccess) ?? defaults.StrayAccess,
            Respawn = line.GetValue(_respawn),
            Duration = line.GetValue(_duration),
            Slice = line.GetValue(_slice) ?? defaults.Slice,
            Grace = line.GetValue(_grace) ?? (line.GetValue(_capture) is null ? defaults.Grace : RunOptions.ReplayGrace),
            Policy = line.GetValue(_policy) ?? defaults.Policy,
            Weights = line.GetValue(_weights) ?? defaults.Weights,
            Role = line.GetValue(_role),
            Hogs = line.GetValue(_hogs) ?? defaults.Hogs,
            Seed = line.GetValue(_seed) ?? defaults.Seed,
            Json = line.GetValue(_json),
            Rate = line.GetValue(_rate),
            Capture = line.GetValue(_capture),
            CaptureOut = line.GetValue(_captureOut),
        };
    }

    private GuestKinds KindsOf(ParseResult line)
    {
        bool hasProgram = line.GetValue(_program) is not null;
        GuestKinds kinds = line.GetValue(_kind) ?? (hasProgram ? new GuestKinds(GuestKinds.Name(GuestKind.Process)) : default);
        if (hasProgram && !kinds.List.Contains(GuestKind.Process))
            throw new UsageException($"--guest-program is for guests of kind process, and --guest-kind {kinds.Text} has none; add process or leave one of the two out.");
        return kinds;
    }

    private static GuestKinds? ParseKinds(ArgumentResult result)
    {
        string text = CheckedOption.Single(result);
        if (GuestKinds.TryParse(text, out GuestKinds kinds))
            return kinds;
        result.AddError($"--guest-kind {text} is not known; use inprocess, process, c, kvm, kvm-asm, or a list of them such as inprocess,process.");
        return null;
    }

    private static StrayAccess? ParseStrayAccess(ArgumentResult result)
    {
        string text = CheckedOption.Single(result);
        StrayAccess? access = text switch
        {
            "nodevice" => StrayAccess.NoDevice,
            "stop" => StrayAccess.Stop,
            _ => null,
        };
        if (access is null)
            result.AddError($"--stray-access {text} is not known; use nodevice or stop.");
        return access;
    }

    private static RunRole? ParseRole(ArgumentResult result)
    {
        string text = CheckedOption.Single(result);
        RunRole? role = text switch
        {
            "mixed" => RunRole.Mixed,
            "tx" => RunRole.Tx,
            "rx" => RunRole.Rx,
            _ => null,
        };
        if (role is null)
            result.AddError($"--role {text} is not known; use tx, rx or mixed.");
        return role;
    }

    private static FrameRate? ParseRate(ArgumentResult result)
    {
        string text = CheckedOption.Single(result);
        if (FrameRate.TryParse(text, out FrameRate rate))
            return rate;
        result.AddError($"--rate {text} is neither max nor a whole number of frames a second from 1 to {FrameRate.Largest}.");
        return null;
    }
}
