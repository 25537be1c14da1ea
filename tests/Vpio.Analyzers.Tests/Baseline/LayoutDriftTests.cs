namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>What a struct with [AbiStruct] declares of its bytes is held to what is recorded of it.</summary>
internal sealed class LayoutDriftTests
{
    private const string Slot = """
        struct Wire.Slot size 16
        field Wire.Slot.Flags at 8 uint
        field Wire.Slot.State at 0 ulong
        """;

    [Test]
    public Task WhatIsRecordedIsSilent() => BaselineCase.Check("""
        namespace Wire;
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct Slot
        {
            [FieldOffset(0)] public ulong State;
            [FieldOffset(8)] public uint Flags;
        }
        """, Slot);

    [TestCase("public enum Kind : byte", "[InlineArray(4)] public struct Row { private uint _first; }", false)]
    [TestCase("public enum Kind : ushort", "[InlineArray(4)] public struct Row { private uint _first; }", true)]
    public Task WhatHasNoLineOfItsOwnIsRecordedWhereItIsUsed(string kind, string row, bool moved) => BaselineCase.Check($$"""
        namespace Wire;
        {{kind}} { None }
        {{row}}
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 20)]
        public struct Slot
        {
            [FieldOffset(0)] public Row Words;
            [FieldOffset(16)] public Kind {{(moved ? "{|VPIO2005:Kind|}" : "Kind")}};
        }
        """, """
        struct Wire.Slot size 20
        field Wire.Slot.Kind at 16 Wire.Kind:byte
        field Wire.Slot.Words at 0 Wire.Row:uint[4]
        """);

    [Test]
    public Task ItMayHaveBeenShippedInPart() => BaselineCase.Check("""
        namespace Wire;
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct Slot
        {
            [FieldOffset(0)] public ulong State;
            [FieldOffset(8)] public uint Flags;
        }
        """, "field Wire.Slot.Flags at 8 uint", "struct Wire.Slot size 16\nfield Wire.Slot.State at 0 ulong");

    [Test]
    public Task AStructIsReportedThatIsNotRecordedAndSoIsEachFieldOfIt() => BaselineCase.Check("""
        namespace Wire;
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct {|VPIO2005:Slot|}
        {
            [FieldOffset(0)] public ulong {|VPIO2005:State|};
            [FieldOffset(8)] internal uint {|VPIO2005:Flags|};
        }
        """);

    [TestCase("[FieldOffset(8)] public uint State;", TestName = "AFieldThatChangedIsReported(moved)")]
    [TestCase("[FieldOffset(0)] public uint State;", TestName = "AFieldThatChangedIsReported(narrower)")]
    [TestCase("[FieldOffset(0)] public long State;", TestName = "AFieldThatChangedIsReported(signed)")]
    [TestCase("[FieldOffset(0), Elements(2)] public ulong State;", TestName = "AFieldThatChangedIsReported(more elements)")]
    public Task AFieldThatChangedIsReported(string field) => BaselineCase.Check($$"""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct Slot
        {
            {{field.Replace("State", "{|VPIO2005:State|}", StringComparison.Ordinal)}}
        }
        """, "", "struct Slot size 16\nfield Slot.State at 0 ulong");

    [TestCase("StructLayout(LayoutKind.Explicit, Size = 32)")]
    [TestCase("StructLayout(LayoutKind.Explicit)")]
    [TestCase("StructLayout(LayoutKind.Sequential, Size = 16)")]
    [TestCase("StructLayout(LayoutKind.Auto, Size = 16)")]
    [TestCase("StructLayout(LayoutKind.Explicit, Size = 16, Pack = 1)")]
    public Task AStructThatChangedIsReported(string layout) => BaselineCase.Check($$"""
        [AbiStruct, {{layout}}]
        public struct {|VPIO2005:Slot|} { }
        """, "struct Slot size 16");

    [Test]
    public Task ElementsAreRecordedByTheirCount() => BaselineCase.Check("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 96)]
        public unsafe struct Page
        {
            [FieldOffset(0), Elements(4)] private ulong _events;
            [FieldOffset(32)] public fixed byte Name[16];
            [FieldOffset(48)] public fixed byte {|VPIO2005:Mark|}[16];
        }
        """, """
        struct Page size 96
        field Page.Mark at 48 byte[8]
        field Page.Name at 32 byte[16]
        field Page._events at 0 ulong[4]
        """);

    [Test]
    public Task TheOrderCountsWhereNoOffsetIsDeclared() => BaselineCase.Check("""
        [AbiStruct]
        public struct Pair
        {
            public uint {|VPIO2005:Second|};
            public uint {|VPIO2005:First|};
        }

        [AbiStruct, InlineArray(4)]
        public struct Four
        {
            public uint First;
        }
        """, """
        struct Four sequential elements 4
        field Four.First order 0 uint
        struct Pair sequential
        field Pair.First order 0 uint
        field Pair.Second order 1 uint
        """);

    [Test]
    public Task StructsWithinStructsAreNamedInFull() => BaselineCase.Check("""
        namespace Wire
        {
            public static class Cards
            {
                [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 4)]
                private struct Header
                {
                    [FieldOffset(0)] public Kind Kind;
                }

                public enum Kind : uint { None }

                [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
                public struct Page<T> where T : unmanaged
                {
                    [FieldOffset(0)] private Header _header;
                    [FieldOffset(4)] public T {|VPIO2005:Body|};
                }
            }
        }
        """, """
        struct Wire.Cards.Header size 4
        field Wire.Cards.Header.Kind at 0 Wire.Cards.Kind:uint
        struct Wire.Cards.Page`1 size 8
        field Wire.Cards.Page`1._header at 0 Wire.Cards.Header
        """);

    [Test]
    public Task PropertiesThatStoreAreFields() => BaselineCase.Check("""
        [AbiStruct]
        public record struct Range(uint First, [field: Obsolete] uint {|VPIO2005:Last|});

        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 4)]
        public struct Box
        {
            [field: FieldOffset(0)] public uint Value { get; set; }
            public static uint Shared;
            public uint Twice => Value * 2;
        }
        """, """
        struct Box size 4
        field Box.Value at 0 uint
        struct Range sequential
        field Range.First order 0 uint
        """);

    [Test]
    public Task PartsAndGeneratedCodeAreOneStruct() => BaselineCase.Check("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public partial struct Slot
        {
            [FieldOffset(0)] public uint First;
        }

        [System.CodeDom.Compiler.GeneratedCode("maker", "1.0")]
        public partial struct Slot
        {
            [FieldOffset(4)] public uint {|VPIO2005:Second|};
        }
        """, "struct Slot size 8\nfield Slot.First at 0 uint");

    [Test]
    public Task AMessageSaysWhatToRecord() => BaselineCase.Says(
        "'field Slot.State at 0 ulong' is not recorded: record it in Abi.Unshipped.txt",
        "[AbiStruct, StructLayout(LayoutKind.Explicit)] public struct Slot { [FieldOffset(0)] public ulong {|#0:State|}; }",
        "struct Slot no size");

    [Test]
    public Task AMessageSaysWhatWasRecorded() => BaselineCase.Says(
        "'struct Slot sequential' differs from what Abi.Unshipped.txt says, 'size 8': put it back, or record the change",
        "[AbiStruct] public struct {|#0:Slot|} { }",
        "struct Slot size 8");

    [Test]
    public Task AMessageSaysThatAShippedLayoutDoesNotChange() => BaselineCase.Says(
        "'struct Slot sequential' has changed since it was shipped as 'size 8': a shipped layout does not change, so put it back and add a struct or use a reserved field, or record the change in a new major version",
        "[AbiStruct] public struct {|#0:Slot|} { }",
        shipped: "struct Slot size 8");
}
