namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Shows that what was explored is what ships: over <c>HardwareMemory</c> the JIT makes of the transitions what it makes of the bare instructions.</summary>
[TestFixture]
internal sealed class SeamTests
{
    private IReadOnlyDictionary<string, string> _compiled = new Dictionary<string, string>();

    [OneTimeSetUp]
    public void Compile() => _compiled = CompiledMethods.Of("Admit", "Add", "TryClaim", "Contains", "Enter", "Leave", "TryBegin", "End");

    [TestCase("WaitSet:Admit", "PlainWaitSet:Admit")]
    [TestCase("WaitSet:Add", "PlainWaitSet:Add")]
    [TestCase("WaitSet:TryClaim", "PlainWaitSet:TryClaim")]
    [TestCase("WaitSet:Contains", "PlainWaitSet:Contains")]
    [TestCase("CallGate:Enter", "PlainCallGate:Enter")]
    [TestCase("CallGate:Leave", "PlainCallGate:Leave")]
    [TestCase("DeviceActivity:TryBegin", "PlainActivity:TryBegin")]
    [TestCase("DeviceActivity:End", "PlainActivity:End")]
    public void TheSeamLeavesTheInstructionsAsTheyAre(string withSeam, string without)
    {
        Assert.That(_compiled[withSeam].Split('\n'), Has.Length.GreaterThan(3), "that is no code");
        Assert.That(_compiled[withSeam], Is.EqualTo(_compiled[without]));
    }

    [Test]
    public void ASeamThatCostsACallIsSeen() => Assert.That(_compiled["IndirectWaitSet:Add"], Is.Not.EqualTo(_compiled["PlainWaitSet:Add"]));
}
