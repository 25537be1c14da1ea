using Vpio.Conformance;
using Vpio.Tool.Run;

namespace Vpio.Tool.Check;

/// <summary>Is <c>vpio check</c> from the parsed command line to the exit code: tries the conformance suite on the reference hypervisor.</summary>
internal static class CheckApplication
{
    /// <summary>Runs.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="output">Where the sheet goes.</param>
    /// <returns>An <see cref="ExitCode"/>: success when no case failed.</returns>
    /// <exception cref="UsageException">No guest can be of a kind that is asked for on this system.</exception>
    internal static int Run(CheckOptions options, TextWriter output)
    {
        Dictionary<GuestKind, Func<ITestbed>> starts = options.Kinds.ToDictionary(kind => kind, kind => CheckKinds.Start(kind, options.KvmDescriptor));
        Dictionary<GuestKind, IReadOnlyList<CaseOutcome>> outcomes = [];
        foreach ((GuestKind kind, Func<ITestbed> start) in starts)
            outcomes.Add(kind, [.. options.Cases.Select(each => each.Try(start))]);
        output.Write(options.Json ? JsonCheckReport.Write(outcomes) : CheckSheet.Write(outcomes));
        return outcomes.Values.SelectMany(kind => kind).Any(each => each.Verdict == CaseVerdict.Failed) ? ExitCode.Failed : ExitCode.Success;
    }
}
