using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Vpio.Analyzers.CodeFixes.Baseline;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>The fix <see cref="ForgetAbi"/>, of VPIO2005, and what <see cref="ShipAbi"/> does at a line.</summary>
internal sealed class ForgetAbiTests
{
    private const string Op = "[AbiNumbers] public enum Op { Get }", Shipped = "enum Op int\nnumber Op.Get = 0\n";

    [Test]
    public Task WhatWasShippedAndIsGoneIsTakenBack() => new LineFixCase().Check<ForgetAbi>(
        Op,
        ("# new\n", $"{Shipped}number Op.Put = 1\nnumber Op.Take = 2\n"),
        ("# new\n*REMOVED*number Op.Put = 1\n*REMOVED*number Op.Take = 2\n", $"{Shipped}number Op.Put = 1\nnumber Op.Take = 2\n"));

    [Test]
    public Task LinesThatSayWhatIsNotSoAreDeleted() => new LineFixCase().Check<ForgetAbi>(
        Op,
        ("# new\n*REMOVED*enum Op int\n\nnumber Op.Put = 1\nnumber Op.Get = 0\n", $"{Shipped}number Op.Get = 0\n"),
        ("# new\n\n", Shipped));

    [Test]
    public Task WhatIsTakenBackIsShipped() => new LineFixCase(release: true).Check<ShipAbi>(
        Op, ("# new\n*REMOVED*number Op.Put = 1\n", $"{Shipped}number Op.Put = 1\n"), ("# new\n", Shipped));

    [TestCase(typeof(ForgetAbi))]
    [TestCase(typeof(ShipAbi))]
    public void AnEditorIsToldThatTheyWorkInTextFiles(Type fix)
    {
        ExportCodeFixProviderAttribute export = fix.GetCustomAttribute<ExportCodeFixProviderAttribute>()!;
        Assert.That(export.DocumentKinds, Does.Contain(nameof(TextDocumentKind.AdditionalDocument)));
        Assert.That(export.DocumentExtensions, Does.Contain(".txt"));
    }
}
