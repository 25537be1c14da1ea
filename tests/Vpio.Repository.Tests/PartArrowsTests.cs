using ArchUnitNET.Domain;
using Assembly = System.Reflection.Assembly;

namespace Vpio.Repository.Tests;

/// <summary>Holds the arrows between the parts of the product, type by type.</summary>
[TestFixture]
internal sealed class PartArrowsTests
{
    private static readonly string[] Projects = ["Vpio.Abi", "Vpio.GuestDriver", "Vpio.Hypervisor", "Vpio.Analyzers", "Vpio.Analyzers.CodeFixes"];
    private static readonly string[] InDetail = Projects[..3];

    private static readonly Dictionary<string, Architecture> Built = Projects.ToDictionary(
        project => project, project => PartArrows.Load(Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, project + ".dll"))));

    private static readonly Architecture Planted = PartArrows.Load(typeof(PartArrowsTests).Assembly);
    private static readonly Part Protocol = Part.Of("Vpio.Hypervisor.Ownership")!;

    private static IEnumerable<Part> Parts => Part.All;

    [TestCaseSource(nameof(Parts))]
    public void APartKnowsOnlyWhatItMay(Part part) =>
        Assert.That(PartArrows.Breaches(PartArrows.KnowsOnlyWhatItMay(part), BuiltFor(part)), Is.Empty);

    [TestCaseSource(nameof(Parts))]
    public void APlantedTypeThatKnowsMoreIsFound(Part part)
    {
        string[] found = [.. PartArrows.Breaches(PartArrows.KnowsOnlyWhatItMay(part), Planted)];
        Assert.That(found, Has.Length.EqualTo(1));
        Assert.That(found[0], Does.Contain(".Astray "));
    }

    [Test]
    public void TheOwnershipProtocolHasNoClockAndDoesNoInputOrOutput() =>
        Assert.That(PartArrows.Breaches(PartArrows.IsPureProtocol(Protocol), BuiltFor(Protocol)), Is.Empty);

    [Test]
    public void APlantedClockIsFound() =>
        Assert.That(PartArrows.Breaches(PartArrows.IsPureProtocol(Protocol), Planted), Has.One.Contains("Vpio.Hypervisor.Ownership.Timed "));

    [TestCaseSource(nameof(InDetail))]
    public void EachNamespaceIsAPartOfItsOwn(string project) =>
        Assert.That(Spaces(Built[project]).Except(Part.All.Select(part => part.Namespace)), Is.Empty, $"say in {nameof(Part)} what it may know");

    [Test]
    public void WhatAPartMayKnowIsThere() =>
        Assert.That(Part.All.SelectMany(part => part.MayKnow).Except(Part.All.Select(part => part.Namespace)), Is.Empty);

    private static Architecture BuiltFor(Part part) => Built[Projects.Where(project => part.Namespace == project || part.Namespace.StartsWith(project + ".", StringComparison.Ordinal)).MaxBy(project => project.Length)!];

    private static IEnumerable<string> Spaces(Architecture architecture) =>
        architecture.Types.Select(type => type.Namespace.FullName).Where(space => space.StartsWith("Vpio.", StringComparison.Ordinal)).Distinct();
}
