using Vpio.Analyzers.CodeFixes.Baseline;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>The fix <see cref="RecordAbi"/>, of VPIO2005.</summary>
internal sealed class RecordAbiTests
{
    private const string Slot = """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct {|VPIO2005:Slot|}
        {
            public const int {|VPIO2005:Size|} = 16;
            [FieldOffset(0)] public ulong {|VPIO2005:State|};
        }

        public class Nic
        {
            [Acquires] public void {|VPIO2005:Grab|}() { }
        }
        """;

    [Test]
    public Task AnEmptyFileGetsItsLinesSorted() => BaselineFixCase.Check<RecordAbi>(Slot, ("", ""), ("""
        contract M:Nic.Grab Acquires
        struct Slot size 16
        number Slot.Size int = 16
        field Slot.State at 0 ulong

        """, ""));

    [Test]
    public Task LinesGoWhereTheyBelongAndCommentsStay() => BaselineFixCase.Check<RecordAbi>(
        "[AbiNumbers] public enum Op { Get, {|VPIO2005:Grab|}, Put } [AbiNumbers] public enum {|VPIO2005:Ap|} { }",
        ("# What is new.\n\n# Operations.\nenum Op int\nnumber Op.Get = 0\n# Not used yet.\nnumber Op.Put = 2\n\n# The end.\n", ""),
        ("# What is new.\n\n# Operations.\nenum Ap int\nenum Op int\nnumber Op.Get = 0\nnumber Op.Grab = 1\n# Not used yet.\nnumber Op.Put = 2\n\n# The end.\n", ""));

    [Test]
    public Task AChangedLineIsReplaced() => BaselineFixCase.Check<RecordAbi>(
        "[AbiNumbers] public enum Op { {|VPIO2005:Get|} = 4 }",
        ("enum Op int\nnumber Op.Get = 0\n", ""),
        ("enum Op int\nnumber Op.Get = 4\n", ""));

    [Test]
    public Task WhatIsAgainAsItWasShippedNeedsNoLine() => BaselineFixCase.Check<RecordAbi>(
        "[AbiNumbers] public enum Op { {|VPIO2005:Get|} }",
        ("# new\n*REMOVED*number Op.Get = 0\nnumber Op.Get = 4\n".Replace("*REMOVED*number Op.Get = 0", "{|VPIO2005:*REMOVED*number Op.Get = 0|}", StringComparison.Ordinal), "enum Op int\nnumber Op.Get = 0\n"),
        ("# new\n", "enum Op int\nnumber Op.Get = 0\n"));

    [TestCase("enum Op int\r\n", "enum Op int\r\nnumber Op.Get = 0\r\n")]
    [TestCase("enum Op int", "enum Op int\nnumber Op.Get = 0\n")]
    [TestCase("# a\r\nenum Op int", "# a\r\nenum Op int\r\nnumber Op.Get = 0\r\n")]
    [TestCase("  enum Op int  \n", "  enum Op int  \nnumber Op.Get = 0\n")]
    public Task TheEndsOfLinesStay(string before, string after) => BaselineFixCase.Check<RecordAbi>(
        "[AbiNumbers] public enum Op { {|VPIO2005:Get|} }", (before, ""), (after, ""));

    [Test]
    public Task AnEmptyFileHasTheEndsOfLinesOfTheOther() => BaselineFixCase.Check<RecordAbi>(
        "[AbiNumbers] public enum Op { {|VPIO2005:Get|} }", ("", "enum Op int\r\n"), ("number Op.Get = 0\r\n", "enum Op int\r\n"));

    [Test]
    public Task WhatWasShippedIsLeftToAnotherFix() => BaselineFixCase.Check<RecordAbi>(
        "[AbiNumbers] public enum Op { {|VPIO2005:Get|} }",
        ("", "enum Op int\nnumber Op.Get = 4\n"), ("", "enum Op int\nnumber Op.Get = 4\n"), left: "[AbiNumbers] public enum Op { {|VPIO2005:Get|} }");

    [Test]
    public Task WithoutAFileForWhatIsNewNothingIsOffered() => BaselineFixCase.Prepare<RecordAbi>(
        "[AbiNumbers] public enum {|VPIO2005:Op|} { }", "[AbiNumbers] public enum {|VPIO2005:Op|} { }", [(BaselineCase.Shipped, "")], [(BaselineCase.Shipped, "")]).RunAsync();

    [Test]
    public Task WithTwoFilesForWhatIsNewNothingIsOffered() => BaselineFixCase.Prepare<RecordAbi>(
        "[AbiNumbers] public enum {|VPIO2005:Op|} { }", "[AbiNumbers] public enum {|VPIO2005:Op|} { }", [("/a/Abi.Unshipped.txt", ""), ("/b/Abi.Unshipped.txt", "")], [("/a/Abi.Unshipped.txt", ""), ("/b/Abi.Unshipped.txt", "")]).RunAsync();
}
