using Vpio.Abi;

namespace Vpio.Protocol.Tests.Stress;

/// <summary>Plants in histories what the law must find.</summary>
[TestFixture]
internal sealed class OwnershipLawTests
{
    private static readonly DomainId A = new(1);
    private static readonly DomainId B = new(2);

    [Test]
    public void ARightHistoryHasNoBreach() => Assert.That(
        OwnershipLaw.Breaches(
        [
            new(DeedKind.Granted, A, 1, 1, 2),
            new(DeedKind.FoundBusy, B, 0, 3, 4),
            new(DeedKind.Waited, B, 0, 5, 8),
            new(DeedKind.Released, A, 1, 9, 11),
            new(DeedKind.Granted, B, 2, 10, 12),
            new(DeedKind.ReleasedTooLate, B, 2, 13, 14),
            new(DeedKind.Granted, A, 3, 15, 16),
        ]),
        Is.Empty);

    [Test]
    public void AGenerationGrantedTwiceIsFound() => AssertFinds("was granted 2 times", new(DeedKind.Granted, A, 1, 1, 2), new(DeedKind.Granted, B, 1, 3, 4));

    [Test]
    public void AGenerationThatGoesBackIsFound() => AssertFinds("after a newer one", new(DeedKind.Granted, A, 2, 1, 2), new(DeedKind.Granted, B, 1, 3, 4));

    [Test]
    public void TwoOwnersAtOnceAreFound() => AssertFinds(
        "held at the same time",
        new(DeedKind.Granted, A, 1, 1, 2),
        new(DeedKind.Granted, B, 2, 3, 4),
        new(DeedKind.Released, A, 1, 5, 6),
        new(DeedKind.Released, B, 2, 7, 8));

    [Test]
    public void ASecondReleaseIsFound() => AssertFinds(
        "was released 2 times", new(DeedKind.Granted, A, 1, 1, 2), new(DeedKind.Released, A, 1, 3, 4), new(DeedKind.Released, A, 1, 5, 6));

    [Test]
    public void AReleaseOfAnothersOwnershipIsFound() => AssertFinds(
        "which never got it", new(DeedKind.Granted, A, 1, 1, 2), new(DeedKind.Released, B, 1, 3, 4));

    [Test]
    public void ATryThatFailsOnAFreeDeviceIsFound() => AssertFinds(
        "when it was free",
        new(DeedKind.Granted, A, 1, 1, 2),
        new(DeedKind.Released, A, 1, 3, 4),
        new(DeedKind.FoundBusy, B, 0, 5, 6));

    private static void AssertFinds(string breach, params Deed[] history) =>
        Assert.That(OwnershipLaw.Breaches(history), Has.Some.Contains(breach));
}
