using Vpio.Conformance.Cases;

namespace Vpio.Conformance;

/// <summary>Is the conformance suite: what a guest sees of every hypervisor that keeps the ABI.</summary>
/// <remarks>Source: <c>docs/conformance.md</c>.</remarks>
public static class ConformanceSuite
{
    /// <summary>Gets all cases, in the order of the specification.</summary>
    public static IReadOnlyList<ConformanceCase> Cases { get; } =
    [
        .. PageCases.All,
        .. NegotiationCases.All,
        .. ArgumentCases.All,
        .. OwnershipCases.All,
        .. RevocationCases.All,
        .. UpcallCases.All,
        .. DmaCases.All,
        .. NicCases.All,
        .. EndCases.All,
    ];
}
