namespace Vpio.Package.Tests;

/// <summary>Packs the tree once, for all tests.</summary>
[SetUpFixture]
internal sealed class PackedTree
{
    private static Feed? _feed;

    /// <summary>Gets what was packed.</summary>
    public static Feed Feed => _feed ?? throw new InvalidOperationException("Nothing was packed: this is read before the tests have begun.");

    [OneTimeSetUp]
    public void Pack() => _feed = new Feed();

    [OneTimeTearDown]
    public void Remove() => _feed?.Dispose();
}
