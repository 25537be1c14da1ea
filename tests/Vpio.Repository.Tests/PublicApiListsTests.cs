namespace Vpio.Repository.Tests;

/// <summary>Holds the lists of public members that each package for others to compile against has.</summary>
[TestFixture]
internal sealed class PublicApiListsTests
{
    private const string None = "#nullable enable\n";
    private const string Some = "#nullable enable\nVpio.Abi.Iova\n";
    private const string Draft = "# Changelog\n\n## 0.1.0 (unreleased)\n";
    private const string Released = "# Changelog\n\n## 0.1.0\n";

    private static IEnumerable<string> Packages =>
        Checkout.Files(".csproj").Where(path => !path.StartsWith("tests/", StringComparison.Ordinal) && PublicApiLists.IsLibraryPackage(Checkout.Read(path)));

    [TestCaseSource(nameof(Packages))]
    public void EachPackageListsItsPublicMembers(string project) =>
        Assert.That(PublicApiLists.Faults(Checkout.Read("CHANGELOG.md"), ListBeside(project, "Shipped"), ListBeside(project, "Unshipped")), Is.Empty);

    [Test]
    public void ThereAreSuchPackages() => Assert.That(Packages, Has.Some.EndsWith("/Vpio.Abi.csproj"));

    [TestCase("<IsPackable>true</IsPackable>", ExpectedResult = true)]
    [TestCase("<IsPackable>false</IsPackable>", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    [TestCase("<IsPackable>true</IsPackable><PackAsTool>true</PackAsTool>", ExpectedResult = false)]
    [TestCase("<IsPackable>true</IsPackable><PackageType>Template</PackageType>", ExpectedResult = false)]
    public bool APlantedProjectIsJudgedByWhatItPacks(string properties) =>
        PublicApiLists.IsLibraryPackage($"<Project><PropertyGroup>{properties}</PropertyGroup></Project>");

    [TestCase(Draft, None, Some, ExpectedResult = 0)]
    [TestCase(Draft, Some, None, ExpectedResult = 1)]
    [TestCase(Released, Some, None, ExpectedResult = 0)]
    [TestCase(Released, None, Some, ExpectedResult = 1)]
    [TestCase(Released, Some, Some, ExpectedResult = 1)]
    [TestCase("## 0.2.0 (unreleased)\n\n## 0.1.0\n", Some, Some, ExpectedResult = 0)]
    [TestCase(Draft, None, null, ExpectedResult = 1)]
    [TestCase(Draft, "Vpio.Abi.Iova\n", Some, ExpectedResult = 2)]
    public int PlantedListsAreJudgedByWhatWasReleased(string changelog, string? shipped, string? unshipped) =>
        PublicApiLists.Faults(changelog, shipped, unshipped).Count();

    private static string? ListBeside(string project, string name)
    {
        string path = $"{Path.GetDirectoryName(project)!.Replace('\\', '/')}/PublicAPI.{name}.txt";
        return Checkout.Exists(path) ? Checkout.Read(path) : null;
    }
}
