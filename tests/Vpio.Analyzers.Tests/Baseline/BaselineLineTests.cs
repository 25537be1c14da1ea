using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>Lines of the baseline files that say what is not so are reported where they stand.</summary>
internal sealed class BaselineLineTests
{
    private const string Op = "[AbiNumbers] public enum Op { Get }";

    [TestCase("{|VPIO2005:field Op.Get|}")]
    [TestCase("{|VPIO2005:constant Op.Get = 0|}")]
    [TestCase("{|VPIO2005:number  Op.Get = 0|}")]
    [TestCase("{|VPIO2005:Op.Get = 0|}")]
    [TestCase("{|VPIO2005:*REMOVED*|}")]
    [TestCase("{|VPIO2005:*REMOVED* number Op.Put = 1|}")]
    [TestCase("{|VPIO2005:// number|}")]
    public Task ALineThatCannotBeRead(string line) => BaselineCase.Check(Op, $"enum Op int\n{line}\nnumber Op.Get = 0");

    [TestCase("enum Other int")]
    [TestCase("number Op.Put = 1")]
    [TestCase("struct Op size 4")]
    [TestCase("contract T:Op NoThrow")]
    [TestCase("number op.Get = 0")]
    public async Task AnEntryThatNothingDeclaresIsReported(string line)
    {
        await BaselineCase.Check(Op, $"enum Op int\nnumber Op.Get = 0\n{{|VPIO2005:{line}|}}");
        await BaselineCase.Check(Op, "", $"enum Op int\n{{|VPIO2005:{line}|}}\nnumber Op.Get = 0");
    }

    [Test]
    public Task WhatWasShippedAndIsTakenBackMayBeGone() => BaselineCase.Check(Op, "*REMOVED*number Op.Put = 1", "enum Op int\nnumber Op.Get = 0\nnumber Op.Put = 1");

    [Test]
    public Task WhatWasShippedMayChangeWhenTheOldIsTakenBack() => BaselineCase.Check(Op, "number Op.Get = 0\n*REMOVED*number Op.Get = 5", "enum Op int\nnumber Op.Get = 5");

    [Test]
    public Task WhatIsTakenBackAndDeclaredOtherwiseIsNotRecorded() => BaselineCase.Check(
        "[AbiNumbers] public enum Op { {|VPIO2005:Get|} }", "*REMOVED*number Op.Get = 5", "enum Op int\nnumber Op.Get = 5");

    [TestCase("{|VPIO2005:*REMOVED*number Op.Put = 1|}", TestName = "WhatCannotBeTakenBack(never shipped)")]
    [TestCase("{|VPIO2005:*REMOVED*number Op.Old = 4|}", TestName = "WhatCannotBeTakenBack(shipped otherwise)")]
    [TestCase("{|VPIO2005:*REMOVED*number Op.Get = 0|}", TestName = "WhatCannotBeTakenBack(still there)")]
    [TestCase("*REMOVED*number Op.Old = 3\n{|VPIO2005:*REMOVED*number Op.Old = 3|}", TestName = "WhatCannotBeTakenBack(twice)")]
    public Task WhatCannotBeTakenBack(string unshipped) => BaselineCase.Check(
        Op, unshipped, unshipped.Contains("Old = 3", StringComparison.Ordinal) ? "enum Op int\nnumber Op.Get = 0\nnumber Op.Old = 3" : "enum Op int\nnumber Op.Get = 0\n" + (unshipped.Contains("Old", StringComparison.Ordinal) ? "{|VPIO2005:number Op.Old = 3|}" : ""));

    [Test]
    public Task NothingIsTakenBackInTheFileOfWhatWasShipped() => BaselineCase.Check(Op, "", "enum Op int\nnumber Op.Get = 0\n{|VPIO2005:*REMOVED*number Op.Put = 1|}");

    [TestCase("number Op.Get = 0")]
    [TestCase("number Op.Get = 1")]
    public async Task AnEntryThatIsRecordedTwiceIsReported(string again)
    {
        await BaselineCase.Check(Op, $"enum Op int\nnumber Op.Get = 0\n{{|VPIO2005:{again}|}}");
        await BaselineCase.Check(Op, "", $"enum Op int\nnumber Op.Get = 0\n{{|VPIO2005:{again}|}}");
    }

    [Test]
    public Task AnEntryThatWasShippedIsNotRecordedAgain() => BaselineCase.Check(Op, "{|VPIO2005:number Op.Get = 0|}", "enum Op int\nnumber Op.Get = 0");

    [TestCase("number Op.Get", "This line cannot be read: write a kind, a documentation id and a value, 'field Library.Slot.State at 0 ulong', or begin it with #")]
    [TestCase("number Op.Put = 1", "Nothing declares 'Op.Put' any more: delete this line")]
    [TestCase("number Op.Get = 3", "'Op.Get' is recorded twice, first as '= 0' in line 2 of Abi.Shipped.txt: delete one, or take the shipped one back with *REMOVED*")]
    [TestCase("*REMOVED*number Op.Get = 3", "'number Op.Get = 3' was never shipped so: delete this line")]
    [TestCase("*REMOVED*enum Op int", "'enum Op int' is still there as it was shipped: delete this line")]
    public Task AMessageSaysWhatToDo(string line, string message) => BaselineCase.Says(message, line.EndsWith("Get = 3", StringComparison.Ordinal) && line[0] != '*' ? "[AbiNumbers] public enum Op { Get = 3 }" : Op, $"{{|#0:{line}|}}", "enum Op int\nnumber Op.Get = 0");

    [Test]
    public Task AMessageSaysHowToTakeBack() => BaselineCase.Says(
        "Nothing declares 'Op.Put' any more, which was shipped: bring it back, or take it back by '*REMOVED*number Op.Put = 1' in Abi.Unshipped.txt",
        Op, "", "enum Op int\nnumber Op.Get = 0\n{|#0:number Op.Put = 1|}");

    [Test]
    public Task AMessageSaysThatWhatReplacesTheOldIsMissing() => BaselineCase.Says(
        "'number Op.Get = 0' is not recorded: record it in Abi.Unshipped.txt",
        "[AbiNumbers] public enum Op { {|#0:Get|} }", "*REMOVED*number Op.Get = 5", "enum Op int\nnumber Op.Get = 5");

    [Test]
    public Task CommentsAndEmptyLinesSayNothing() => BaselineCase.Check(Op, "\n# number Op.Put = 1\n\n  # more\n  enum Op int  \n\t\nnumber Op.Get = 0\n", "#\n");

    [Test]
    public Task OneFileIsEnough()
    {
        CSharpAnalyzerTest<BaselineAnalyzer, DefaultVerifier> test = BaselineCase.Prepare("[AbiNumbers] public enum Op { Get, {|VPIO2005:Put|} }", ("/folder/Abi.Shipped.txt", "enum Op int\nnumber Op.Get = 0"));
        return test.RunAsync();
    }

    [Test]
    public Task WithoutAFileNothingIsSaid() => BaselineCase.Prepare(Op).RunAsync();

    [TestCase("MyAbi.Shipped.txt")]
    [TestCase("Abi.Shipped.txt.bak")]
    [TestCase("abi.shipped.txt")]
    public Task AnotherFileIsNotRead(string name) => BaselineCase.Prepare(Op, (name, "enum Gone int")).RunAsync();

    [Test]
    public Task AProjectWithoutAnAbiHasNothingToRecord() => BaselineCase.Check("public struct Slot { public int State; } public enum Op { Get } public static class Register { public const int Tail = 1; }");
}
