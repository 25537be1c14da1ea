namespace Vpio.Repository.Tests;

/// <summary>Holds the ordering comments to what they promise: "Pairs with X." names an access that is there.</summary>
[TestFixture]
internal sealed class PairedAccessesTests
{
    private const string Peer = "class Gate { int _open; void Enter() => Interlocked.Increment(ref _open); }";

    [Test]
    public void EveryAccessThatACommentPairsWithExists() => Assert.That(PairedAccesses.Unresolved(SourceTree.Whole), Is.Empty);

    [Test]
    public void TheTreeHasOrderingCommentsAtAll() =>
        Assert.That(SourceTree.Whole.Files.SelectMany(file => PairedAccesses.PeersIn(file.Root.ToFullString())).Count(), Is.GreaterThan(10));

    [TestCase("Interlocked.Increment in Gate.Enter", ExpectedResult = 0)]
    [TestCase("the fence of a guest that unmasks", ExpectedResult = 0)]
    [TestCase("the fence of a guest that unmasks, here Interlocked.Increment in Gate.Enter", ExpectedResult = 0)]
    [TestCase("Interlocked.Increment in Gate.Leave", ExpectedResult = 1)]
    [TestCase("Interlocked.Increment in Door.Enter", ExpectedResult = 1)]
    [TestCase("Interlocked.Exchange in Gate.Enter", ExpectedResult = 1)]
    [TestCase("the fence of a guest that unmasks, here Interlocked.Exchange in Gate.Enter", ExpectedResult = 1)]
    [TestCase("whatever the other side does", ExpectedResult = 1)]
    public int APlantedCommentIsJudgedByWhatIsThere(string peer) =>
        PairedAccesses.Unresolved(new SourceTree([("Planted.cs", $"// ORDER full: why. Pairs {"with"} {peer}.\n{Peer}")])).Count();

    [Test]
    public void ASentenceThatGoesOnInTheNextLineIsReadWhole() =>
        Assert.That(PairedAccesses.PeersIn($"    // ORDER: why. Pairs {"with"}\n    // Interlocked.Or in Gate.Enter. And more.\n"), Is.EqualTo(["Interlocked.Or in Gate.Enter"]));

    [Test]
    public void EachStepAcrossTheAbiIsSpecified() =>
        Assert.That(PairedAccesses.AcrossTheAbi.Values.SelectMany(place => Links.Broken("docs/page", place)), Is.Empty);
}
