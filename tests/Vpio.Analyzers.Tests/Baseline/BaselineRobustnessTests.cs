using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using Vpio.Repository.Tests;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>Files and code as one meets them: other ends of lines, marks of an encoding, half-typed, broken, unreadable, twice, very large.</summary>
internal sealed class BaselineRobustnessTests
{
    private const string Op = "[AbiNumbers] public enum Op { Get, {|VPIO2005:Grab|} }";

    [TestCase("enum Op int\r\nnumber Op.Get = 0\r\n{|VPIO2005:number Op.Gone = 3|}\r\n")]
    [TestCase("enum Op int\rnumber Op.Get = 0\r{|VPIO2005:number Op.Gone = 3|}")]
    [TestCase("\n\nenum Op int\n\n\nnumber Op.Get = 0\n{|VPIO2005:number Op.Gone = 3|}")]
    public Task EveryEndOfALineIsOne(string unshipped) => BaselineCase.Check(Op, unshipped);

    [Test]
    public Task AMarkOfTheEncodingIsNoText()
    {
        CSharpAnalyzerTest<BaselineAnalyzer, DefaultVerifier> test = BaselineCase.Prepare(Op);
        using MemoryStream marked = new([.. Encoding.UTF8.GetPreamble(), .. "enum Op int\nnumber Op.Get = 0"u8]);
        test.TestState.AdditionalFiles.Add((BaselineCase.Shipped, SourceText.From(marked)));
        return test.RunAsync();
    }

    [Test]
    public Task FilesOfTheSameNameAreReadTogether() => BaselineCase.Prepare(Op,
        ("/a/Abi.Shipped.txt", "enum Op int"), ("/b/Abi.Shipped.txt", "number Op.Get = 0\n{|VPIO2005:enum Op int|}"), ("/a/Abi.Unshipped.txt", ""), ("/b/Abi.Unshipped.txt", "")).RunAsync();

    [Test]
    public async Task AFileThatIsGivenTwiceIsReadOnce()
    {
        BaselineFileText file = new("/a/Abi.Shipped.txt", "enum Op int\nnumber Op.Gone = 3"), again = new("/a/Abi.Shipped.txt", "enum Op int\nnumber Op.Gone = 3");
        Assert.That(await Report("[AbiNumbers] public enum Op { }", file, again), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task WhatCannotBeReadIsLeftToTheCompiler() => Assert.That(
        await Report("[AbiNumbers] public enum Op { Get }", new BaselineFileText(BaselineCase.Shipped, null), new BaselineFileText(BaselineCase.Unshipped, "")), Is.Empty);

    [Test]
    public async Task BytesThatAreNoTextAreReportedLineByLine() => Assert.That(
        await Report("", new BaselineFileText(BaselineCase.Shipped, "\0\u0001\n\ufffd\ufffd\ufffd\n")), Has.Length.EqualTo(2));

    [TestCase("[AbiStruct, StructLayout(LayoutKind.Explicit, Size = )] public struct Slot { [FieldOffset()] public ulong State; }")]
    [TestCase("[AbiStruct, StructLayout(Missing)] public struct Slot { [FieldOffset(Missing)] public ulong State; }")]
    [TestCase("[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Missing)] public struct Slot { [FieldOffset(0)] public Missing State; }")]
    [TestCase("[AbiStruct, StructLayout(LayoutKind.Explicit, Size = \"8\")] public struct Slot { [FieldOffset(0), Elements(x)] public ulong State; }")]
    public async Task AStructThatDoesNotCompileIsNotJudged(string source) => Assert.That(
        await Report(source, new BaselineFileText(BaselineCase.Shipped, "struct Slot size 8\nfield Slot.State at 0 ulong")), Is.Empty);

    [TestCase("[AbiNumbers] public enum Op { Get = Missing }")]
    [TestCase("[AbiNumbers] public enum Op { Get = \"\" }")]
    [TestCase("[AbiNumbers] public enum Op { Get = 1 / 0 }")]
    public async Task ANumberThatDoesNotCompileIsNotJudged(string source) => Assert.That(
        await Report(source, new BaselineFileText(BaselineCase.Shipped, "enum Op int\nnumber Op.Get = 9")), Is.Empty);

    [TestCase("public class Nic { [TryAcquires(Missing)] public bool Grab() => true; }")]
    [TestCase("public class Nic { [TryAcquires] public bool Grab() => true; }")]
    [TestCase("public class Nic { [Acquires(Shared = Missing)] public bool Grab() => true; }")]
    [TestCase("public class Nic { [Acquires(missing.Name, \"nic\")] public bool Grab() => true; }")]
    public async Task AContractThatDoesNotCompileIsNotJudged(string source) => Assert.That(
        await Report(source, new BaselineFileText(BaselineCase.Shipped, "contract M:Nic.Grab NoThrow")), Is.Empty);

    [Test]
    public async Task TypesThatAreThereTwiceAreNoHarm() => Assert.That(
        await Report("[AbiNumbers] public enum Op { Get, Get } [AbiNumbers] public enum Op { Get }", new BaselineFileText(BaselineCase.Shipped, "enum Op int\nnumber Op.Get = 0")),
        Has.All.StartsWith("'number Op.Get = "));

    [Test]
    public async Task ExtensionBlocksAndFileTypesAreNoHarm() => Assert.That(
        await Report("public static class More { extension(string text) { [NoThrow] public int Twice() => 2; } } file static class Mine { [NoThrow] public static void Go() { } }", new BaselineFileText(BaselineCase.Shipped, "")),
        Has.None.StartsWith("AD0001"));

    [Test]
    public async Task NoHalfTypedLineCrashesTheAnalysis()
    {
        string text = Checkout.Read("guest-driver/Vpio.GuestDriver/Abi.Unshipped.txt"), source = Checkout.Read("abi/Vpio.Abi/DeviceOp.cs");
        for (int seed = 0; seed < 60; seed++)
            Assert.That(await Report(source, new BaselineFileText(BaselineCase.Unshipped, Spoil(text, new Random(seed)))), Has.None.StartsWith("Analyzer"), $"seed {seed}");
    }

    [Test]
    public async Task NoHalfTypedSourceCrashesTheAnalysis()
    {
        string text = Checkout.Read("abi/Vpio.Abi/DeviceSlot.cs") + Checkout.Read("abi/Vpio.Abi/DeviceOp.cs").Replace("namespace Vpio.Abi;", "", StringComparison.Ordinal);
        BaselineFileText recorded = new(BaselineCase.Unshipped, Checkout.Read("abi/Vpio.Abi/Abi.Unshipped.txt"));
        for (int seed = 0; seed < 60; seed++)
            Assert.That(await Report(Spoil(text, new Random(seed)), recorded), Has.None.StartsWith("Analyzer"), $"seed {seed}");
    }

    [Test]
    public async Task AVeryLargeBaselineIsRead()
    {
        const int Count = 20_000;
        string source = $"[AbiNumbers] public enum Op {{ {string.Join(", ", Enumerable.Range(0, Count).Select(i => $"N{i}"))} }}";
        string recorded = "enum Op int\n" + string.Concat(Enumerable.Range(0, Count - 1).Select(i => $"number Op.N{i} = {i}\n"));
        Assert.That(await Report(source, new BaselineFileText(BaselineCase.Shipped, recorded)), Is.EqualTo([$"'number Op.N{Count - 1} = {Count - 1}' is not recorded: record it in Abi.Unshipped.txt"]));
    }

    private static string Spoil(string text, Random random)
    {
        StringBuilder spoilt = new(text);
        for (int left = random.Next(1, 8); left > 0; left--)
        {
            int at = random.Next(spoilt.Length - 40);
            if (random.Next(2) == 0)
                spoilt.Remove(at, random.Next(1, 40));
            else
                spoilt.Insert(at, " \n*REMOVED*=([,.`:#"[random.Next(19)]);
        }

        return spoilt.ToString();
    }

    private static async Task<string[]> Report(string source, params AdditionalText[] files) =>
        [.. (await BaselineCase.Analyse([CSharpSyntaxTree.ParseText(BaselineCase.Usings + source, new CSharpParseOptions(LanguageVersion.Preview))], files)).Select(d => d.GetMessage())];
}
