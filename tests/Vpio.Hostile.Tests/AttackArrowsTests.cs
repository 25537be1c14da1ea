using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Vpio.Hostile.Attacks;

namespace Vpio.Hostile.Tests;

/// <summary>Holds that attacks know nothing but the ABI: what attacks one hypervisor attacks every other.</summary>
[TestFixture]
internal sealed class AttackArrowsTests
{
    [Test]
    public void AttacksKnowNothingOfOursButTheAbi()
    {
        Architecture architecture = new ArchLoader().LoadAssemblies(typeof(Attack).Assembly).Build();
        string[] known = [.. architecture.Types
            .Where(type => type.Namespace.FullName == typeof(Attack).Namespace)
            .SelectMany(type => type.Dependencies)
            .Select(dependency => dependency.Target.Namespace.FullName)
            .Where(space => space.StartsWith("Vpio.", StringComparison.Ordinal) && !space.StartsWith("Vpio.Abi", StringComparison.Ordinal))
            .Distinct()];
        Assert.That(known, Is.EqualTo([typeof(Attack).Namespace]));
    }
}
