using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using Vpio.AssembledGuests;
using Vpio.Hostile.Attacks;
using Vpio.Hostile.Attacks.Machines;

namespace Vpio.Hostile.Tests;

/// <summary>Holds that attacks know nothing but the ABI: what attacks one hypervisor attacks every other.</summary>
[TestFixture]
internal sealed class AttackArrowsTests
{
    [Test]
    public void AttacksKnowNothingOfOursButTheAbi() => Assert.That(KnownIn(typeof(Attack).Namespace!), Is.EqualTo([typeof(Attack).Namespace]));

    [Test]
    public void ProgramsOfMachinesKnowNothingOfOursButTheAbiAndTheirAssembler() =>
        Assert.That(KnownIn(typeof(MachineAttack).Namespace!), Is.EquivalentTo([typeof(Attack).Namespace, typeof(MachineAttack).Namespace, typeof(MachineProgram).Namespace]));

    private static string[] KnownIn(string attacks)
    {
        Architecture architecture = new ArchLoader().LoadAssemblies(typeof(Attack).Assembly).Build();
        return [.. architecture.Types
            .Where(type => type.Namespace.FullName == attacks)
            .SelectMany(type => type.Dependencies)
            .Select(dependency => dependency.Target.Namespace.FullName)
            .Where(space => space.StartsWith("Vpio.", StringComparison.Ordinal) && !space.StartsWith("Vpio.Abi", StringComparison.Ordinal))
            .Distinct()];
    }
}
