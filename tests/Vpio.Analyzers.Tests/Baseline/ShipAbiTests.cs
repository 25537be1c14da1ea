using Vpio.Analyzers.CodeFixes.Baseline;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>The fix <see cref="ShipAbi"/>, of VPIO2005.</summary>
internal sealed class ShipAbiTests
{
    [Test]
    public Task EverythingMovesAndWhatIsTakenBackGoes() => BaselineFixCase.Check<ShipAbi>(
        "[AbiNumbers] public enum Op { Get, {|VPIO2005:Grab|}, {|VPIO2005:Put|} = 5 }",
        ("# What is new.\nnumber Op.Grab = 1\n{|VPIO2005:*REMOVED*number Op.Old = 3|}\n{|VPIO2005:*REMOVED*number Op.Put = 2|}\nnumber Op.Put = 5\n\n# The end.\n", "# What was shipped.\nenum Op int\nnumber Op.Get = 0\n# Never used.\nnumber Op.Old = 3\nnumber Op.Put = 2\n"),
        ("# What is new.\n\n# The end.\n", "# What was shipped.\nenum Op int\nnumber Op.Get = 0\nnumber Op.Grab = 1\nnumber Op.Put = 5\n# Never used.\n"),
        release: true);

    [Test]
    public Task AnEmptyFileGetsItsLines() => BaselineFixCase.Check<ShipAbi>(
        "[AbiNumbers] public enum {|VPIO2005:Op|} { {|VPIO2005:Get|} }", ("enum Op int\nnumber Op.Get = 0\n", ""), ("", "enum Op int\nnumber Op.Get = 0\n"), release: true);

    [Test]
    public Task WhatIsNotRecordedIsNotShipped() => BaselineFixCase.Check<ShipAbi>(
        "[AbiNumbers] public enum {|VPIO2005:Op|} { {|VPIO2005:Get|} }", ("enum Op int\n", ""), ("", "enum Op int\n"), left: "[AbiNumbers] public enum Op { {|VPIO2005:Get|} }", release: true);

    [Test]
    public Task WithoutAFileForWhatWasShippedNothingIsOffered() => BaselineFixCase.Prepare<ShipAbi>(
        "[AbiNumbers] public enum {|VPIO2005:Op|} { }", "[AbiNumbers] public enum {|VPIO2005:Op|} { }", [(BaselineCase.Unshipped, "enum Op int")], [(BaselineCase.Unshipped, "enum Op int")], release: true).RunAsync();
}
