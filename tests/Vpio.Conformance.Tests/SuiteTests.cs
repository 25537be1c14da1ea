using Vpio.Programs;
using Vpio.Tool.Check;
using Vpio.Tool.Run;

namespace Vpio.Conformance.Tests;

/// <summary>Tries the suite on the reference hypervisor with guests of every kind, and on hypervisors with one fault each.</summary>
[TestFixture]
internal sealed class SuiteTests
{
    // What a fault keeps from coming about is waited for no longer than this.
    private static readonly TimeSpan LittlePatience = TimeSpan.FromSeconds(2);

    private static IEnumerable<TestCaseData> Cases => ConformanceSuite.Cases.Select(each => new TestCaseData(each).SetArgDisplayNames(each.Name));

    private static IEnumerable<TestCaseData> Planted => Plants.All.Select(each => new TestCaseData(each).SetArgDisplayNames($"{each.Name}: {each.FoundBy}"));

    [TestCaseSource(nameof(Cases))]
    public void TheReferenceHypervisorKeepsItInProcess(ConformanceCase each) => Passes(each, GuestKind.InProcess);

    [TestCaseSource(nameof(Cases))]
    public void TheReferenceHypervisorKeepsItFromProcesses(ConformanceCase each)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Guests in processes of their own need Linux.");
        Passes(each, GuestKind.Process);
    }

    [TestCaseSource(nameof(Cases))]
    public void TheReferenceHypervisorKeepsItFromVirtualMachines(ConformanceCase each)
    {
        UsableKvm.Demand();
        Passes(each, GuestKind.Kvm);
    }

    [TestCaseSource(nameof(Planted)), Parallelizable(ParallelScope.Children)]
    public void APlantedFaultIsFound(Plant plant)
    {
        Func<ITestbed> start = CheckKinds.Start(GuestKind.InProcess, null);
        ConformanceCase finder = ConformanceSuite.Cases.Single(each => each.Name == plant.FoundBy);
        CaseOutcome outcome = finder.Try(() => new TwinTestbed(start(), plant), LittlePatience);
        Assert.That(outcome.Verdict, Is.EqualTo(CaseVerdict.Failed), $"{plant.Name}: {outcome.Reason}");
    }

    [Test]
    public void WithoutAFaultATwinIsAsGoodAsTheReference()
    {
        Func<ITestbed> start = CheckKinds.Start(GuestKind.InProcess, null);
        Plant none = new("nothing", string.Empty);
        Assert.That(ConformanceSuite.Cases.Select(each => each.Try(() => new TwinTestbed(start(), none))).Where(outcome => outcome.Verdict != CaseVerdict.Passed), Is.Empty);
    }

    [Test]
    public void NamesAreClaimsAndEachIsOne()
    {
        Assert.That(ConformanceSuite.Cases.Select(each => each.Name), Is.Unique.And.All.Match("^[a-z0-9]+(-[a-z0-9]+)+$"));
        Assert.That(ConformanceSuite.Cases.Select(each => each.Rule), Has.All.Not.Empty);
        Assert.That(ConformanceSuite.Cases[0].Claim, Is.EqualTo("The device page begins with magic version and sizes."));
    }

    private static void Passes(ConformanceCase each, GuestKind kind)
    {
        CaseOutcome outcome = each.Try(CheckKinds.Start(kind, null));
        Assert.That(outcome.Verdict, Is.Not.EqualTo(CaseVerdict.Failed), outcome.Reason);
    }
}
