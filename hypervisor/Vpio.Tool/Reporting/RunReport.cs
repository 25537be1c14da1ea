using Vpio.Tool.Accounting;
using Vpio.Tool.Run;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Reporting;

/// <summary>Holds all that is known at the end of a run.</summary>
internal sealed record RunReport
{
    /// <summary>Gets the command line.</summary>
    internal required RunOptions Options { get; init; }

    /// <summary>Gets the plan.</summary>
    internal required TrafficPlan Plan { get; init; }

    /// <summary>Gets the last look at device and guests.</summary>
    internal required RunSnapshot Final { get; init; }

    /// <summary>Gets what the frames came to.</summary>
    internal required LedgerVerdict Verdict { get; init; }

    /// <summary>Gets how evenly device time was shared.</summary>
    internal required Fairness Fairness { get; init; }

    /// <summary>Gets the number of frames that the far end of the wire sent.</summary>
    internal required long FramesPlayed { get; init; }

    /// <summary>Gets the exit code of the signal that ended the run; null when none did.</summary>
    internal required int? Signal { get; init; }

    /// <summary>Gets why the output could not be written, as a sentence; null when it could.</summary>
    internal required string? OutputFailure { get; init; }

    /// <summary>Gets whether every frame is accounted for, and the output is whole.</summary>
    internal bool IsOk => Verdict.IsWhole && OutputFailure is null;

    /// <summary>Gets how the command ends.</summary>
    internal int ExitCode => Run.ExitCode.Of(IsOk, Signal, Plan.Contents.NotCarried.Total);
}
