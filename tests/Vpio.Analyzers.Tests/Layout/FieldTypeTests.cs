namespace Vpio.Analyzers.Tests.Layout;

/// <summary>VPIO2001 and VPIO2004: which types a field of an ABI struct may have.</summary>
internal sealed class FieldTypeTests
{
    [TestCase("sbyte", 1)]
    [TestCase("byte", 1)]
    [TestCase("short", 2)]
    [TestCase("ushort", 2)]
    [TestCase("int", 4)]
    [TestCase("uint", 4)]
    [TestCase("long", 8)]
    [TestCase("ulong", 8)]
    [TestCase("float", 4)]
    [TestCase("double", 8)]
    [TestCase("Kind", 2)]
    [TestCase("Inner", 8)]
    [TestCase("Row", 12)]
    public Task ATypeOfFixedWidthIsSilent(string type, int size) => OfField(type, size);

    [TestCase("bool", 1)]
    [TestCase("char", 2)]
    [TestCase("decimal", 16)]
    [TestCase("DateTime", 8)]
    [TestCase("string", 8)]
    [TestCase("object", 8)]
    [TestCase("byte[]", 8)]
    [TestCase("Action", 8)]
    [TestCase("Kind?", 4)]
    [TestCase("Guid", 16)]
    [TestCase("Int128", 16)]
    [TestCase("Plain", 4)]
    [TestCase("(int, int)", 8)]
    [TestCase("List<int>", 8)]
    public Task ATypeThatIsNotTheSameBytesEverywhereIsReported(string type, int size) => OfField(type, size, "VPIO2001");

    [TestCase("nint", 8)]
    [TestCase("nuint", 8)]
    [TestCase("IntPtr", 8)]
    [TestCase("UIntPtr", 8)]
    [TestCase("byte*", 8)]
    [TestCase("void**", 8)]
    [TestCase("delegate*<int, void>", 8)]
    [TestCase("GCHandle", 8)]
    public Task ATypeAsWideAsAPointerIsReported(string type, int size) => OfField(type, size, "VPIO2004");

    [Test]
    public Task AFixedBufferIsJudgedByItsElements() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 24)]
        public unsafe struct Block
        {
            [FieldOffset(0)] public fixed uint Words[4];
            [FieldOffset(16)] public fixed bool {|VPIO2001:Flags|}[8];
        }
        """);

    [Test]
    public Task AReferenceFieldIsReported() => MemoryCase.File("""
        [AbiStruct]
        public ref struct {|VPIO2002:View|}
        {
            public ref int {|VPIO2001:Word|};
        }
        """);

    [Test]
    public Task ATypeParameterIsReported() => MemoryCase.File("""
        [AbiStruct]
        public struct {|VPIO2002:Box|}<T>
            where T : unmanaged
        {
            public T {|VPIO2001:Value|};
        }
        """);

    [Test]
    public Task APropertyThatKeepsAValueIsReportedByItsName() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 1)]
        public struct Flag
        {
            [field: FieldOffset(0)] public bool {|VPIO2001:Set|} { get; set; }
        }
        """);

    [Test]
    public Task AnEventIsReported() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct Header
        {
            [FieldOffset(0)] public ulong Magic;
            [field: FieldOffset(8)] public event Action {|VPIO2001:Changed|};
        }
        """);

    [Test]
    public Task AnArrayOfItselfIsNoHarm() => MemoryCase.Broken("""
        [InlineArray(2)] public struct Endless { private Endless _first; }
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)] public struct Header { [FieldOffset(0)] public Endless Value; }
        """);

    [Test]
    public Task TwoFieldsOfOneDeclarationAreToldApart() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Sequential)]
        public struct Pair
        {
            public bool {|VPIO2001:A|}, {|VPIO2001:B|};
        }
        """.Replace("struct Pair", "struct {|VPIO2002:Pair|}", StringComparison.Ordinal));

    [Test]
    public Task StaticFieldsAndConstantsAreNoPartOfTheLayout() => MemoryCase.File("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 4)]
        public struct Header
        {
            public const string Name = "header";
            public static readonly object Gate = new();
            [FieldOffset(0)] public uint Magic;
        }
        """);

    [Test]
    public Task AStructWithoutTheMarkMayBeAnything() => MemoryCase.File("""
        public struct Local
        {
            public bool Flag;
            public string Name;
            public nint Handle;
        }
        """);

    [Test]
    public Task TheMessageSaysWhatToUse() => MemoryCase.Says(
        """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct Header
        {
            [FieldOffset(0)] public nint {|#0:Handle|};
            [FieldOffset(8)] public bool {|#1:Ready|};
            [FieldOffset(9)] public byte A;
            [FieldOffset(10)] public ushort B;
            [FieldOffset(12)] public uint C;
        }
        """,
        new Microsoft.CodeAnalysis.Testing.DiagnosticResult("VPIO2004", Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithLocation(0).WithMessage("'Handle' is a number as wide as a pointer, whose size is not the same for guests of 32 and of 64 bits: use a number of 64 bits, and convert where it is used"),
        new Microsoft.CodeAnalysis.Testing.DiagnosticResult("VPIO2001", Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithLocation(1).WithMessage("'Ready' is a 'bool', which is true for any byte but 0: use a 'byte', and compare with 0 where it is used"));

    private static Task OfField(string type, int size, string? id = null) => MemoryCase.File($$"""
        public enum Kind : ushort { None }

        public struct Plain { public int Value; }

        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public struct Inner { [FieldOffset(0)] public ulong Value; }

        [InlineArray(3)]
        public struct Row { private uint _first; }

        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = {{size}})]
        public unsafe struct Header
        {
            [FieldOffset(0)] public {{type}} {{(id is null ? "Value" : $"{{|{id}:Value|}}")}};
        }
        """);
}
