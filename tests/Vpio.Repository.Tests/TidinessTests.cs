namespace Vpio.Repository.Tests;

/// <summary>Holds the tree tidy: each folder explains itself, and nothing is left of the machine it was made on.</summary>
[TestFixture]
internal sealed class TidinessTests
{
    private static IEnumerable<string> Folders => Checkout.TopFolders();

    [TestCaseSource(nameof(Folders))]
    public void EachFolderOpensWithASentenceOnWhatItIs(string folder) =>
        Assert.That(Tidiness.OpensWithASentence(MarkdownPage.Load($"{folder}/README.md")), $"{folder}/README.md must open with one sentence");

    [TestCase("# Abi\n\nThe contract, as types; references nothing.\n", ExpectedResult = true)]
    [TestCase("# Abi\n\n- a list\n", ExpectedResult = false)]
    [TestCase("# Abi\n\nno sentence at all\n", ExpectedResult = false)]
    [TestCase("# Abi\n", ExpectedResult = false)]
    public bool APlantedReadmeIsJudgedByItsOpening(string text) => Tidiness.OpensWithASentence(new MarkdownPage("README.md", text));

    [Test]
    public void NoFileMentionsAPlaceOnOneMachine() =>
        Assert.That(Checkout.Files().Where(Tidiness.IsText).SelectMany(path => Tidiness.MachinePaths(path, Checkout.Read(path))), Is.Empty);

    [TestCase("home/me/vpio", ExpectedResult = 1)]
    [TestCase("work/main", ExpectedResult = 1)]
    [TestCase("tmp/h-docs", ExpectedResult = 1)]
    [TestCase("tmp/capture.pcap", ExpectedResult = 0)]
    [TestCase("dev/net/tun", ExpectedResult = 0)]
    public int APlantedPathIsJudgedByWhereItIs(string path) => Tidiness.MachinePaths("Planted.cs", $"see {'/'}{path} for it").Count();

    [Test]
    public void ReadmeAndCiNameTheSameTestCommand()
    {
        const string Command = "dotnet test Vpio.sln";
        Assert.That(Checkout.Read("README.md"), Does.Contain(Command));
        Assert.That(Checkout.Read(".ci/run"), Does.Contain(Command));
    }
}
