namespace Vpio.Analyzers.Tests.Layout;

/// <summary>VPIO2002 and VPIO2003: where the fields of an ABI struct are, and how long it is.</summary>
internal sealed class PlaceTests
{
    [TestCase("[AbiStruct]")]
    [TestCase("[AbiStruct, StructLayout(LayoutKind.Sequential)]")]
    [TestCase("[AbiStruct, StructLayout(LayoutKind.Sequential, Size = 8)]")]
    [TestCase("[AbiStruct, StructLayout(LayoutKind.Auto)]")]
    [TestCase("[AbiStruct, StructLayout(LayoutKind.Sequential, Pack = 1)]")]
    public Task ALayoutThatIsNotExplicitIsReported(string attributes) => MemoryCase.File($$"""
        {{attributes}}
        public struct {|VPIO2002:Header|}
        {
            public uint Magic;
            public uint Version;
        }
        """);

    [TestCase("LayoutKind.Explicit", "does not say its size: give it 'Size = ' in [StructLayout]")]
    [TestCase("LayoutKind.Explicit, Size = 8", "has a size of 8 bytes, but its fields end at 16: the size is wrong, or a field is in the wrong place")]
    [TestCase("LayoutKind.Explicit, Size = 20", "has a size of 20 bytes, which is no multiple of its alignment, 8: in an array its fields would not be aligned")]
    [TestCase("(LayoutKind)3", "leaves its layout to the compiler: give it [StructLayout(LayoutKind.Explicit, Size = ...)], and each field its [FieldOffset]")]
    public Task ASizeThatIsMissingOrWrongIsReported(string layout, string text) => MemoryCase.Says(
        $$"""
        [AbiStruct, StructLayout({{layout}})]
        public struct {|#0:Header|}
        {
            {{(layout[0] == '(' ? "" : "[FieldOffset(0)] ")}}public uint Magic;
            {{(layout[0] == '(' ? "" : "[FieldOffset(4)] ")}}public uint Version;
            {{(layout[0] == '(' ? "" : "[FieldOffset(8)] ")}}public ulong Features;
        }
        """,
        new Microsoft.CodeAnalysis.Testing.DiagnosticResult("VPIO2002", Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithLocation(0).WithMessage($"'Header' {text}"));

    [TestCase("int")]
    [TestCase("uint")]
    [TestCase("long")]
    public Task AConstantThatSaysAnotherSizeIsReported(string type) => MemoryCase.File($$"""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public struct {|VPIO2002:Header|}
        {
            public const {{type}} Size = 16;
            [FieldOffset(0)] public ulong Magic;
        }
        """);

    [Test]
    public Task ALayoutThatLeavesNothingOpenIsSilent() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
        public struct Header
        {
            public const int Size = 4 * sizeof(ulong);
            [FieldOffset(0)] public uint Magic;
            [FieldOffset(4)] public ushort Major;
            [FieldOffset(6)] public byte Minor;
            [FieldOffset(7)] public byte Reserved0;
            [FieldOffset(8), Elements(3)] private readonly ulong _words;
        }
        """);

    [TestCase(2, "'Version' begins at byte 2, which is no multiple of its alignment, 4: move it")]
    [TestCase(1, "'Version' begins at byte 1, which is no multiple of its alignment, 4: move it")]
    public Task AFieldThatIsNotAlignedIsReported(int offset, string text) => MemoryCase.Says(
        $$"""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public struct Header
        {
            [FieldOffset(0), Elements({{offset}})] public byte Magic;
            [FieldOffset({{offset}})] public uint {|#0:Version|};
            [FieldOffset({{offset + 4}}), Elements({{4 - offset}})] public byte Rest;
        }
        """,
        new Microsoft.CodeAnalysis.Testing.DiagnosticResult("VPIO2003", Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithLocation(0).WithMessage(text));

    [Test]
    public Task FieldsThatOverlapAreReported() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public struct Header
        {
            [FieldOffset(0)] public ulong Both;
            [FieldOffset(4)] public uint {|VPIO2003:High|};
        }
        """);

    [Test]
    public Task AFieldWithinAFieldIsComparedWithTheOneThatReachesFurthest() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct Header
        {
            [FieldOffset(0), Elements(2)] public ulong All;
            [FieldOffset(0)] public byte {|VPIO2003:First|};
            [FieldOffset(8)] public uint {|VPIO2003:Third|};
        }
        """);

    [Test]
    public Task BytesBetweenFieldsAreReportedAtTheFieldAfterThem() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct Header
        {
            [FieldOffset(0)] public byte Kind;
            [FieldOffset(8)] public ulong {|VPIO2003:Features|};
        }
        """);

    [Test]
    public Task BytesAtTheBeginningAreReported() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public struct Header
        {
            [FieldOffset(4)] public uint {|VPIO2003:Version|};
        }
        """);

    [Test]
    public Task BytesAtTheEndAreReportedAtTheLastField() => MemoryCase.Says(
        """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 4096)]
        public struct Page
        {
            [FieldOffset(0)] public ulong {|#0:Magic|};
        }
        """,
        new Microsoft.CodeAnalysis.Testing.DiagnosticResult("VPIO2003", Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithLocation(0).WithMessage("Bytes 8 to 4095, at the end of 'Page', belong to no field: declare them as reserved"));

    [Test]
    public Task AnEmptyStructIsReportedAsAWhole() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 64)]
        public struct {|VPIO2003:Nothing|};
        """);

    [Test]
    public Task TheOrderOfTheDeclarationsDoesNotMatter() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public struct Header
        {
            [FieldOffset(4)] public uint Version;
            [FieldOffset(0)] public uint Magic;
        }
        """);

    [Test]
    public Task AStructWithinAStructIsAsLongAsItSays() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 24)]
        public struct Outer
        {
            [FieldOffset(0)] public Inner First;
            [FieldOffset(12)] public Inner {|VPIO2003:Second|};
            [FieldOffset(20)] public uint Rest;
        }

        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public struct Inner { [FieldOffset(0)] public ulong Value; }
        """.Replace("[FieldOffset(12)]", "[FieldOffset(8)]", StringComparison.Ordinal).Replace("{|VPIO2003:Second|}", "Second", StringComparison.Ordinal).Replace("[FieldOffset(20)] public uint Rest", "[FieldOffset(16)] public ulong Rest", StringComparison.Ordinal));

    [Test]
    public Task AStructWithinAStructIsAligned() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct Outer
        {
            [FieldOffset(0)] public uint First;
            [FieldOffset(4)] public Inner {|VPIO2003:Second|};
            [FieldOffset(12)] public uint Rest;
        }

        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public struct Inner { [FieldOffset(0)] public ulong Value; }
        """);

    [Test]
    public Task AStructOfALibraryIsAsLongAsItsConstantSays() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 32)]
        public struct Ring
        {
            [FieldOffset(0)] public Vpio.Abi.Network.NicDescriptor First;
            [FieldOffset(16)] public ulong Head;
            [FieldOffset(24)] public uint {|VPIO2003:Tail|};
        }
        """);

    [Test]
    public Task ARowOfElementsTakesItsPlace() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 40)]
        public struct Table
        {
            [FieldOffset(0)] public Row Words;
            [FieldOffset(12)] public uint Count;
            [FieldOffset(16), Elements(3)] public ulong Rest;
        }

        [InlineArray(3)]
        public struct Row { private uint _first; }
        """);

    [Test]
    public Task AnInlineArrayHasNoLayoutOfItsOwn() => MemoryCase.File("""
        [AbiStruct, InlineArray(3)]
        public struct Row { private uint _first; }

        [AbiStruct, InlineArray(3)]
        public struct Wide { private nint {|VPIO2004:_first|}; }
        """);

    [Test]
    public Task AStructOfSeveralPartsIsCheckedOnce() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public partial struct Header
        {
            [FieldOffset(0)] public ulong Magic;
        }

        public partial struct Header
        {
            [FieldOffset(12)] public uint {|VPIO2003:Version|};
        }
        """);

    [Test]
    public Task ARecordStructIsCheckedToo() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public record struct Header
        {
            [FieldOffset(0)] public uint Magic;
            [FieldOffset(4)] public ushort {|VPIO2003:Version|};
        }
        """);
}
