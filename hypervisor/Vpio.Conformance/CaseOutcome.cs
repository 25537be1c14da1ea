namespace Vpio.Conformance;

/// <summary>Says how a case went.</summary>
public enum CaseVerdict
{
    /// <summary>The hypervisor did what it must.</summary>
    Passed,

    /// <summary>It did not.</summary>
    Failed,

    /// <summary>The case cannot be tried with guests of this kind.</summary>
    NotApplicable,
}

/// <summary>Is the outcome of a case.</summary>
/// <param name="Case">The case.</param>
/// <param name="Verdict">How it went.</param>
/// <param name="Reason">What the hypervisor did, or why the case cannot be tried; <see langword="null"/> when it passed.</param>
public sealed record CaseOutcome(ConformanceCase Case, CaseVerdict Verdict, string? Reason);
