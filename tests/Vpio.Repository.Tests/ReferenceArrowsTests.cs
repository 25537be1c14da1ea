using System.Reflection;

namespace Vpio.Repository.Tests;

/// <summary>Holds the direction of references, in project files and in what was built from them.</summary>
[TestFixture]
internal sealed class ReferenceArrowsTests
{
    private static IEnumerable<string> Embedded => ReferenceArrows.Embedded;

    [Test]
    public void ProjectFilesReferenceOnlyWhatTheyMay() =>
        Assert.That(Checkout.Files(".csproj").SelectMany(path => ReferenceArrows.Wrong(path, Checkout.Read(path))), Is.Empty);

    [TestCaseSource(nameof(Embedded))]
    public void AssembliesReferenceOnlyWhatTheyMay(string project)
    {
        Assembly assembly = Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, project + ".dll"));
        Assert.That(ReferenceArrows.WrongProjects(project, assembly.GetReferencedAssemblies().Select(name => name.Name!)), Is.Empty);
    }

    [TestCase("guest-driver/Vpio.GuestDriver/Vpio.GuestDriver.csproj", "../../abi/Vpio.Abi/Vpio.Abi.csproj", ExpectedResult = 0)]
    [TestCase("guest-driver/Vpio.GuestDriver/Vpio.GuestDriver.csproj", "..\\..\\hypervisor\\Vpio.Hypervisor\\Vpio.Hypervisor.csproj", ExpectedResult = 1)]
    [TestCase("hypervisor/Vpio.Hypervisor/Vpio.Hypervisor.csproj", "../../guest-driver/Vpio.GuestDriver/Vpio.GuestDriver.csproj", ExpectedResult = 1)]
    [TestCase("abi/Vpio.Abi/Vpio.Abi.csproj", "../../hypervisor/Vpio.Hypervisor/Vpio.Hypervisor.csproj", ExpectedResult = 1)]
    [TestCase("guest-driver/samples/Some/Some.csproj", "../../../hypervisor/Vpio.Hypervisor/Vpio.Hypervisor.csproj", ExpectedResult = 0)]
    [TestCase("guest-driver/samples/Some/Some.csproj", "../../../hypervisor/Vpio.Simulation/Vpio.Simulation.csproj", ExpectedResult = 1)]
    [TestCase("tests/Vpio.Some.Tests/Vpio.Some.Tests.csproj", "../../hypervisor/Vpio.Hypervisor/Vpio.Hypervisor.csproj", ExpectedResult = 0)]
    [TestCase("abi/Vpio.New/Vpio.New.csproj", "../Vpio.Abi/Vpio.Abi.csproj", ExpectedResult = 1)]
    public int APlantedReferenceIsJudgedByItsDirection(string path, string reference) =>
        ReferenceArrows.Wrong(path, $"<Project><ItemGroup><ProjectReference Include=\"{reference}\" /></ItemGroup></Project>").Count();

    [Test]
    public void APlantedPackageIsFound() =>
        Assert.That(
            ReferenceArrows.Wrong("abi/Vpio.Abi/Vpio.Abi.csproj", "<Project><ItemGroup><PackageReference Include=\"Some.Package\" /></ItemGroup></Project>"),
            Has.Exactly(1).Items);
}
