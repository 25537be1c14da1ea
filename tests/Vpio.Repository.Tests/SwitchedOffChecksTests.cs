namespace Vpio.Repository.Tests;

/// <summary>Holds that a public member without a comment, or missing from the lists, is an error, and stays one.</summary>
[TestFixture]
internal sealed class SwitchedOffChecksTests
{
    private static readonly string[] Endings = [".cs", ".csproj", ".props", ".targets", ".globalconfig"];

    [Test]
    public void NothingInTheProductIsExempt() =>
        Assert.That(
            Endings.SelectMany(Checkout.Files).Append(".editorconfig").SelectMany(path => SwitchedOffChecks.In(path, Checkout.Read(path))),
            Is.Empty);

    [Test]
    public void AllProjectsWriteTheirDocumentationAndTakeWarningsForErrors() =>
        Assert.That(
            Checkout.Read("Directory.Build.props"),
            Does.Contain("<GenerateDocumentationFile>true</GenerateDocumentationFile>").And.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>"));

    [Test]
    public void PackagesAreHeldToTheirListsAndToAllRulesOnDesignAndNames() =>
        Assert.That(
            Checkout.Read("Directory.Build.targets"),
            Does.Contain("<PackageReference Include=\"Microsoft.CodeAnalysis.PublicApiAnalyzers\" PrivateAssets=\"all\" />")
                .And.Contains("<AnalysisModeDesign>All</AnalysisModeDesign>").And.Contains("<AnalysisModeNaming>All</AnalysisModeNaming>"));

    [TestCase("<NoWarn>$(NoWarn);CS1591</NoWarn>", ExpectedResult = 1)]
    [TestCase("<NoWarn>1591</NoWarn>", ExpectedResult = 1)]
    [TestCase("<NoWarn>CS1573,CS0168</NoWarn>", ExpectedResult = 1)]
    [TestCase("<NoWarn>NU5128;CS15910</NoWarn>", ExpectedResult = 0)]
    [TestCase("<WarningsNotAsErrors>RS0016</WarningsNotAsErrors>", ExpectedResult = 1)]
    [TestCase("<PackageReference Include=\"Some.Package\" NoWarn=\"RS0026\" />", ExpectedResult = 1)]
    [TestCase("<GenerateDocumentationFile>false</GenerateDocumentationFile>", ExpectedResult = 1)]
    [TestCase("<GenerateDocumentationFile>true</GenerateDocumentationFile>", ExpectedResult = 0)]
    [TestCase("<TreatWarningsAsErrors Condition=\"'$(Some)' == ''\">false</TreatWarningsAsErrors>", ExpectedResult = 1)]
    public int APlantedPropertyIsJudged(string xml) => SwitchedOffChecks.In("abi/Vpio.Some/Vpio.Some.csproj", $"<Project><Group>{xml}</Group></Project>").Count();

    [TestCase("#pragma warning disable CS1591 // No comment.", ExpectedResult = 1)]
    [TestCase("    #pragma warning disable CS0168, RS0017", ExpectedResult = 1)]
    [TestCase("#pragma warning disable // Everything.", ExpectedResult = 1)]
    [TestCase("#pragma warning disable VPIO1014 // The other half has it.", ExpectedResult = 0)]
    [TestCase("[SuppressMessage(\"ApiDesign\", \"RS0026:Overloads\", Justification = \"None.\")]", ExpectedResult = 1)]
    [TestCase("[SuppressMessage(\"Design\", \"CA1031:Catch\", Justification = \"A wire may throw anything.\")]", ExpectedResult = 0)]
    public int APlantedSuppressionIsJudged(string line) => SwitchedOffChecks.In("abi/Vpio.Some/Some.cs", $"namespace Some;\n{line}\n").Count();

    [TestCase("# Why.\ndotnet_diagnostic.CA1028.severity = none", ExpectedResult = 0)]
    [TestCase("\ndotnet_diagnostic.CA1028.severity = none", ExpectedResult = 1)]
    [TestCase("# Why.\ndotnet_diagnostic.CS1591.severity = suggestion", ExpectedResult = 1)]
    [TestCase("# Why.\ndotnet_diagnostic.RS0016.severity = none", ExpectedResult = 1)]
    [TestCase("# Why.\ndotnet_analyzer_diagnostic.category-Design.severity = none", ExpectedResult = 1)]
    [TestCase("# Why.\ndotnet_analyzer_diagnostic.severity = silent", ExpectedResult = 1)]
    [TestCase("dotnet_diagnostic.IDE0005.severity = warning", ExpectedResult = 0)]
    public int APlantedSeverityIsJudged(string lines) => SwitchedOffChecks.In(".editorconfig", $"[*.cs]\n{lines}\n").Count();

    [Test]
    public void TestsMayDoWithout() =>
        Assert.That(SwitchedOffChecks.In("tests/Vpio.Some/Vpio.Some.csproj", "<Project><P><NoWarn>CS1591</NoWarn></P></Project>"), Is.Empty);
}
