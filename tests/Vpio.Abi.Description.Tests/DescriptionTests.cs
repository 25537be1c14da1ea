using System.Reflection;
using Vpio.Abi.Network;

namespace Vpio.Abi.Description.Tests;

/// <summary>Holds the description to the types: nothing escapes it, and every field says who writes it, in what unit, in what order, and where that is specified.</summary>
internal sealed class DescriptionTests
{
    private static readonly AbiDescription Abi = AbiReader.Read();

    private static IEnumerable<TestCaseData> Fields =>
        Abi.Types().SelectMany(type => type.Fields.Select(each => new TestCaseData(each).SetArgDisplayNames($"{type.Name}.{each.Name}")));

    [Test]
    public void NoPublicNumberOrStructureEscapesTheContents()
    {
        IEnumerable<string> declared = typeof(DevicePage).Assembly.GetExportedTypes()
            .Where(type => type.Namespace != "Vpio.Abi.Ownership") // What analyzers read is no part of what guests and hypervisor exchange.
            .Where(type => type.IsEnum || type.IsExplicitLayout || type.GetFields(BindingFlags.Public | BindingFlags.Static).Any(field => field.IsLiteral))
            .Select(type => type.Name);
        Assert.That(Abi.Types().Select(type => type.Name), Is.EquivalentTo(declared), "give it a place in AbiContents");
    }

    [TestCaseSource(nameof(Fields))]
    public void EveryFieldSaysWhoWritesItInWhatUnitAndOrderAndWhereThatIsSpecified(AbiField field)
    {
        Assert.That(field.Writer, Is.AnyOf("HV", "GST", "HV, GST", "GST, HV"), "tag the summary with [HV] or [GST]");
        if (field.IsReserved())
            return;
        Assert.That(field.Unit, Is.Not.Empty, "Unit:");
        Assert.That(field.Ordering, Is.Not.Empty, "Ordering:");
        Assert.That(field.Source, Does.StartWith("docs/"), "Source:");
        (string page, string heading) = field.Source.Split(", ", 2) is [var first, var second] ? (first, second.Trim('"')) : (field.Source, string.Empty);
        Assert.That(Tree.Read(page), Does.Contain($"# {heading}\n"), "the section exists");
    }

    [Test]
    public void EveryConstantIsDocumentedAndNamesInCAreUnique()
    {
        AbiConstant[] constants = [.. Abi.Types().SelectMany(type => type.Constants)];
        Assert.That(constants.Where(constant => constant.Summary.Length == 0), Is.Empty);
        IEnumerable<string> registers = Abi.Types().Where(type => type.Kind == AbiKind.Registers).SelectMany(type => type.Fields).Select(field => field.CName);
        Assert.That(constants.Select(constant => constant.CName).Concat(registers), Is.Unique);
    }

    [Test]
    public void EveryRegisterHasTheWidthThatItsCommentTells()
    {
        AbiType registers = Abi.Types().Single(type => type.Name == nameof(NicRegister));
        Assert.That(registers.Fields, Has.Count.EqualTo(22));
        Assert.That(registers.Fields.Where(field => field.Type == "u64").Select(field => field.Name), Is.EquivalentTo(new[]
        {
            "MacAddress", "TxFrames", "TxBytes", "TxErrors", "RxFrames", "RxBytes", "RxDropped", "TxRingIova", "RxRingIova",
        }));
    }

    [Test]
    public void JsonReadsBackAsItWasWritten()
    {
        string json = AbiJson.Write(Abi);
        Assert.That(AbiJson.Write(AbiJson.Read(json)), Is.EqualTo(json));
        Assert.That(AbiComparison.Of(AbiJson.Read(json), Abi).Verdict, Is.EqualTo(AbiCompatibility.Same));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"major": 1}""")]
    public void WhatIsNoDescriptionIsRefused(string json) =>
        Assert.That(() => AbiJson.Read(json), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("vpio abi --format json"));

    [TestCase("vpio.h")]
    [TestCase("vpio_nic.h")]
    [TestCase("vpio_process.h")]
    [TestCase("vpio_machine.h")]
    [TestCase("vpio_layout.h")]
    public void TheCommittedHeaderIsThatOfTheTypes(string name) =>
        Assert.That(Tree.Read($"abi/include/{name}"), Is.EqualTo(CHeaders.Write(Abi).Single(file => file.FileName == name).Text),
            "dotnet run --project hypervisor/Vpio.Tool -- abi --format c --output abi/include");

    [Test]
    public void ThisVersionGoesOnFromTheBaseline()
    {
        AbiComparison comparison = AbiComparison.Of(AbiJson.Read(Tree.Read("abi/baseline/vpio-abi-1.0.json")), Abi);
        Assert.That(comparison.Verdict, Is.LessThanOrEqualTo(AbiCompatibility.Compatible), string.Join("\n", comparison.Changes));
        Assert.That(comparison.VersionTells, string.Join("\n", comparison.Changes));
    }
}
