using Vpio.Abi.Operations;

namespace Vpio.Abi.Description.Tests.Comparison;

/// <summary>Plants changes into a description and holds the comparison to what they break (docs/abi.md, "Versions and features").</summary>
internal sealed class AbiComparisonTests
{
    private static readonly AbiDescription Old = AbiReader.Read();

    [Test]
    public void NothingChangedIsTheSame()
    {
        AbiComparison same = AbiComparison.Of(Old, AbiReader.Read());
        Assert.That((same.Verdict, same.VersionTells, same.Changes.Count), Is.EqualTo((AbiCompatibility.Same, true, 0)));
    }

    [Test]
    public void AFieldInReservedBytesIsCompatibleAndWantsAMinorVersion()
    {
        AbiDescription grown = WithType(nameof(DeviceSlot), type => type with
        {
            Fields = [.. type.Fields.Where(field => !field.IsReserved()), type.Fields[0] with { Name = "Temperature", CName = "temperature", OffsetBytes = 56 }],
        });
        AbiComparison comparison = AbiComparison.Of(Old, grown);
        Assert.That((comparison.Verdict, comparison.VersionTells), Is.EqualTo((AbiCompatibility.Compatible, false)));
        Assert.That(AbiComparison.Of(Old, grown with { Minor = 1 }).VersionTells, Is.True);
    }

    [Test]
    public void ANewNumberIsCompatible() => AssertVerdict(AbiCompatibility.Compatible, WithType(nameof(DeviceOp), type => type with
    {
        Constants = [.. type.Constants, new AbiConstant("Peek", "DEVOP_peek", "u32", 9, "Peeks.")],
    }));

    [Test]
    public void ARenamedNumberBreaksSourcesOnly() => AssertVerdict(AbiCompatibility.SourceBreaking, WithType(nameof(DeviceOp), type => type with
    {
        Constants = [type.Constants[0] with { Name = "Agree", CName = "DEVOP_agree" }, .. type.Constants.Skip(1)],
    }));

    [Test]
    public void ARenamedFieldBreaksSourcesOnly() => AssertVerdict(AbiCompatibility.SourceBreaking, WithField(field => field with { Name = "Word", CName = "word" }));

    [Test]
    public void AMovedFieldBreaksTheWire() => AssertVerdict(AbiCompatibility.WireBreaking, WithType(nameof(DeviceSlot), type => type with
    {
        Fields = [.. type.Fields.Select(field => field.Name switch
        {
            "SliceEndNs" => field with { OffsetBytes = 16 },
            "GraceEndNs" => field with { OffsetBytes = 8 },
            _ => field,
        })],
    }));

    [Test]
    public void AnotherTypeUnitOrWriterBreaksTheWire()
    {
        AssertVerdict(AbiCompatibility.WireBreaking, WithField(field => field with { Type = "u32" }));
        AssertVerdict(AbiCompatibility.WireBreaking, WithField(field => field with { Unit = "bananas" }));
        AssertVerdict(AbiCompatibility.WireBreaking, WithField(field => field with { Writer = "GST" }));
    }

    [Test]
    public void AFieldThatIsGoneBreaksTheWire() => AssertVerdict(AbiCompatibility.WireBreaking, WithField(field => field with { Name = "Reserved0", CName = "reserved0" }));

    [Test]
    public void AFieldThatOverlapsAnotherBreaksTheWire() => AssertVerdict(AbiCompatibility.WireBreaking, WithType(nameof(DeviceSlot), type => type with
    {
        Fields = [.. type.Fields, type.Fields[0] with { Name = "Half", CName = "half", OffsetBytes = 12, Type = "u32", SizeBytes = 4 }],
    }));

    [Test]
    public void AnotherNumberBreaksTheWire() => AssertVerdict(AbiCompatibility.WireBreaking, WithType(nameof(DeviceState), type => type with
    {
        Constants = [.. type.Constants.Select(constant => constant.Name == "Offline" ? constant with { Value = 5 } : constant)],
    }));

    [Test]
    public void AnotherSizeOrHypercallNumberOrALostFeatureBreaksTheWire()
    {
        AssertVerdict(AbiCompatibility.WireBreaking, WithType(nameof(GrabArgs), type => type with { SizeBytes = 256 }));
        AssertVerdict(AbiCompatibility.WireBreaking, Old with { HypercallNumber = 43 });
        Assert.That(AbiComparison.Of(Old with { Features = 3 }, Old with { Features = 1 }).Verdict, Is.EqualTo(AbiCompatibility.WireBreaking));
        Assert.That(AbiComparison.Of(Old with { Features = 1 }, Old with { Features = 3 }).Verdict, Is.EqualTo(AbiCompatibility.Compatible));
    }

    [Test]
    public void ATypeThatIsGoneBreaksTheWireAndANewMajorVersionTellsOfIt()
    {
        AbiDescription without = Old with { Headers = [Old.Headers[0]] };
        AssertVerdict(AbiCompatibility.WireBreaking, without);
        Assert.That(AbiComparison.Of(Old, without).VersionTells, Is.False);
        Assert.That(AbiComparison.Of(Old, without with { Major = 2 }).VersionTells, Is.True);
        AssertVerdict(AbiCompatibility.Compatible, Old, old: without);
    }

    [Test]
    public void AVersionThatGoesBackBreaksTheWire() =>
        Assert.That(AbiComparison.Of(Old with { Minor = 4 }, Old).Verdict, Is.EqualTo(AbiCompatibility.WireBreaking));

    private static void AssertVerdict(AbiCompatibility verdict, AbiDescription @new, AbiDescription? old = null) =>
        Assert.That(AbiComparison.Of(old ?? Old, @new).Verdict, Is.EqualTo(verdict));

    private static AbiDescription WithField(Func<AbiField, AbiField> change) =>
        WithType(nameof(DeviceSlot), type => type with { Fields = [change(type.Fields[0]), .. type.Fields.Skip(1)] });

    private static AbiDescription WithType(string name, Func<AbiType, AbiType> change) => Old with
    {
        Headers = [.. Old.Headers.Select(header => header with
        {
            Chapters = [.. header.Chapters.Select(chapter => chapter with { Types = [.. chapter.Types.Select(type => type.Name == name ? change(type) : type)] })],
        })],
    };
}
