using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>The build of a release has shipped all that it records.</summary>
internal sealed class ReleaseTests
{
    [Test]
    public Task WhatIsNotShippedIsReported() => BaselineCase.Release("""
        [AbiNumbers] public enum Op { Get, {|VPIO2005:Grab|} }
        public class Nic { [Acquires] public void {|VPIO2005:Grab|}() { } }
        """, "contract M:Nic.Grab Acquires\nnumber Op.Grab = 1", "enum Op int\nnumber Op.Get = 0");

    [Test]
    public Task WhatIsShippedIsSilent() => BaselineCase.Release("[AbiNumbers] public enum Op { Get }", "# nothing new\n", "enum Op int\nnumber Op.Get = 0");

    [Test]
    public Task WhatIsTakenBackIsReportedAtItsLine() => BaselineCase.Release(
        "[AbiNumbers] public enum Op { {|VPIO2005:Get|} }",
        "{|VPIO2005:*REMOVED*number Op.Get = 1|}\nnumber Op.Get = 0\n{|VPIO2005:*REMOVED*number Op.Put = 2|}",
        "enum Op int\nnumber Op.Get = 1\nnumber Op.Put = 2");

    [Test]
    public Task WhatIsNotRecordedOrDiffersIsReportedAsEver() => BaselineCase.Release("[AbiNumbers] public enum Op { {|VPIO2005:Get|}, {|VPIO2005:Put|} }", "", "enum Op int\nnumber Op.Get = 1");

    [Test]
    public Task AMessageSaysToShip() => BaselineCase.Says(
        "'enum Op int' is not shipped yet: ship it with this release",
        "[AbiNumbers] public enum {|#0:Op|} { }", "enum Op int", release: true);

    [TestCase("")]
    [TestCase("false")]
    [TestCase("yes")]
    public Task AnotherValueIsNoRelease(string value)
    {
        CSharpAnalyzerTest<BaselineAnalyzer, DefaultVerifier> test = BaselineCase.Prepare("[AbiNumbers] public enum Op { }", (BaselineCase.Unshipped, "enum Op int"));
        BaselineCase.SayRelease(test.TestState, value);
        return test.RunAsync();
    }
}
