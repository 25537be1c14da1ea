using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Vpio.Repository.Tests;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>Our own ABI, from its sources: as it is it agrees with its files, and whatever moves in it is noticed.</summary>
internal sealed class OwnAbiTests
{
    private const string Folder = "abi/Vpio.Abi/";

    [TestCase(true)]
    [TestCase(false)]
    public async Task AsItIsItAgreesWithItsFiles(bool modern) => Assert.That(await Report(modern, "", "", ""), Is.Empty);

    [TestCase("DeviceSlot.cs", "FieldOffset(8),", "FieldOffset(56),", "field Vpio.Abi.DeviceSlot.SliceEndNs at 56 ulong")]
    [TestCase("DeviceSlot.cs", "public ulong State;", "public long State;", "field Vpio.Abi.DeviceSlot.State at 0 long")]
    [TestCase("DeviceSlot.cs", "public const int Size = 64;", "public const int Size = 128;", "struct Vpio.Abi.DeviceSlot size 128")]
    [TestCase("DeviceSlot.cs", "public uint Waiters;", "public uint Waiting;", "field Vpio.Abi.DeviceSlot.Waiting at 24 uint")]
    [TestCase("DeviceOp.cs", "Grab = 2", "Grab = 9", "number Vpio.Abi.DeviceOp.Grab = 9")]
    [TestCase("DeviceOp.cs", "enum DeviceOp : uint", "enum DeviceOp : ulong", "enum Vpio.Abi.DeviceOp ulong")]
    [TestCase("Network/NicRegister.cs", "TxRingIova = 0x108", "TxRingIova = 0x118", "number Vpio.Abi.Network.NicRegister.TxRingIova uint = 280")]
    [TestCase("StateWord.cs", "OwnerShift = 8", "OwnerShift = 9", "number Vpio.Abi.StateWord.OwnerShift int = 9")]
    public async Task WhateverMovesIsNoticed(string file, string from, string to, string moved) =>
        Assert.That(await Report(modern: true, file, from, to), Has.Some.StartsWith($"'{moved}'"));

    [TestCase("DeviceSlot.cs", "[AbiStruct, ", "[", "Nothing declares 'Vpio.Abi.DeviceSlot' any more")]
    [TestCase("DeviceOp.cs", "[AbiNumbers]", "", "Nothing declares 'Vpio.Abi.DeviceOp' any more")]
    [TestCase("DeviceSlot.cs", "public uint Waiters;", "public uint Waiting;", "Nothing declares 'Vpio.Abi.DeviceSlot.Waiters' any more")]
    public async Task WhateverGoesIsNoticed(string file, string from, string to, string gone) =>
        Assert.That(await Report(modern: true, file, from, to), Has.Some.StartsWith(gone));

    private static async Task<string[]> Report(bool modern, string file, string from, string to)
    {
        CSharpParseOptions options = new(LanguageVersion.Latest, preprocessorSymbols: modern ? ["NET", "NET10_0_OR_GREATER"] : ["NETSTANDARD2_0"]);
        List<SyntaxTree> sources = [CSharpSyntaxTree.ParseText("global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;", options)];
        foreach (string path in Checkout.Files(".cs").Where(p => p.StartsWith(Folder, StringComparison.Ordinal)))
        {
            string text = Checkout.Read(path);
            if (path == Folder + file)
            {
                Assert.That(text, Does.Contain(from));
                text = text.Replace(from, to, StringComparison.Ordinal);
            }

            sources.Add(CSharpSyntaxTree.ParseText(text, options, path));
        }

        AdditionalText[] files = [.. new[] { BaselineCase.Shipped, BaselineCase.Unshipped }.Select(n => new BaselineFileText(Folder + n, Checkout.Read(Folder + n)))];
        CSharpCompilation compilation = CSharpCompilation.Create("Vpio.Abi", sources, Basic.Reference.Assemblies.Net100.References.All, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new BaselineAnalyzer()], new AnalyzerOptions([.. files])).GetAnalyzerDiagnosticsAsync();
        return [.. found.Select(d => d.GetMessage())];
    }
}
