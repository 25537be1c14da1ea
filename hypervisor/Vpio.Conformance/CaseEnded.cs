using System.Diagnostics.CodeAnalysis;

namespace Vpio.Conformance;

/// <summary>Ends a case before its last line.</summary>
/// <param name="verdict">How it went.</param>
/// <param name="reason">What the hypervisor did, or why the case cannot be tried.</param>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It says how a case went, and nothing else.")]
[SuppressMessage("Design", "CA1064:Exceptions should be public", Justification = "It never leaves the suite.")]
internal sealed class CaseEnded(CaseVerdict verdict, string reason) : Exception(reason)
{
    /// <summary>Gets how it went.</summary>
    public CaseVerdict Verdict { get; } = verdict;
}
