using Microsoft.Coyote.Specifications;

namespace Vpio.Coyote.Tests.Control;

/// <summary>States what must hold in every schedule. A claim that fails ends its schedule and is counted by the sampler, whereas an assertion would fail the test of a broken twin.</summary>
internal static class Claim
{
    public static void That(bool holds, string complaint) => Specification.Assert(holds, complaint);

    public static void Equal<T>(T actual, T expected)
        where T : struct =>
        Specification.Assert(EqualityComparer<T>.Default.Equals(actual, expected), $"{actual} should be {expected}");
}
