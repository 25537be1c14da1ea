using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.MemoryFixes;

/// <summary>The fixes of layouts: fixed width, offsets and size, reserved bytes.</summary>
internal sealed class LayoutFixTests
{
    [TestCase("bool", "VPIO2001", "byte", 1)]
    [TestCase("char", "VPIO2001", "ushort", 2)]
    [TestCase("nint", "VPIO2004", "long", 8)]
    [TestCase("UIntPtr", "VPIO2004", "ulong", 8)]
    [TestCase("byte*", "VPIO2004", "ulong", 8)]
    [TestCase("delegate*<void>", "VPIO2004", "ulong", 8)]
    public Task AFieldGetsAFixedWidth(string type, string id, string fixedType, int size) => MemoryFixCase.File<UseFixedWidth>(
        Field(type, size).Replace("Value", $"{{|{id}:Value|}}", StringComparison.Ordinal),
        Field(fixedType, size));

    [Test]
    public Task ThePlacesThatUseTheFieldAreLeftToTheAuthor() => MemoryFixCase.Unfinished<UseFixedWidth>(
        Field("bool", 1).Replace("Value", "{|VPIO2001:Value|}", StringComparison.Ordinal) + "public static class User { public static bool Of(in Header header) => header.Value; }",
        Field("byte", 1) + "public static class User { public static bool Of(in Header header) => header.Value; }");

    [TestCase("decimal")]
    [TestCase("string")]
    [TestCase("Guid")]
    public Task WhatNoNumberReplacesIsNotOffered(string type) =>
        MemoryFixCase.NotOffered<UseFixedWidth>(Field(type, 16).Replace("Value", "{|VPIO2001:Value|}", StringComparison.Ordinal));

    [Test]
    public Task AFixedBufferGetsAFixedWidth() => MemoryFixCase.File<UseFixedWidth>(
        """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public unsafe struct Header
        {
            [FieldOffset(0)] public fixed bool {|VPIO2001:Flags|}[8];
        }
        """,
        """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public unsafe struct Header
        {
            [FieldOffset(0)] public fixed byte Flags[8];
        }
        """);

    [Test]
    public Task ALayoutIsWrittenDownAsInC() => MemoryFixCase.File<WriteLayout>(
        """
        /// <summary>A header.</summary>
        [AbiStruct]
        public struct {|VPIO2002:Header|}
        {
            /// <summary>What it is.</summary>
            public uint Magic;

            public ulong Features;
            public uint Count;
            public uint Rest;
        }
        """,
        """
        /// <summary>A header.</summary>
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 24)]
        public struct Header
        {
            /// <summary>What it is.</summary>
            [FieldOffset(0)]
            public uint Magic;

            [FieldOffset(8)]
            public ulong {|VPIO2003:Features|};
            [FieldOffset(16)]
            public uint Count;
            [FieldOffset(20)]
            public uint Rest;
        }
        """);

    [Test]
    public Task ASequentialLayoutBecomesExplicit() => MemoryFixCase.File<WriteLayout>(
        """
        [AbiStruct]
        [StructLayout(LayoutKind.Sequential, Pack = 1)]
        public struct {|VPIO2002:Header|}
        {
            public const int Size = 8;
            public static int Seen;
            public uint Magic;
            private readonly uint _version;
        }
        """,
        """
        [AbiStruct]
        [StructLayout(LayoutKind.Explicit, Size = Size)]
        public struct Header
        {
            public const int Size = 8;
            public static int Seen;
            [FieldOffset(0)]
            public uint Magic;
            [FieldOffset(4)]
            private readonly uint _version;
        }
        """);

    [TestCase("LayoutKind.Explicit")]
    [TestCase("LayoutKind.Explicit, Size = 4")]
    public Task ASizeIsWrittenDown(string layout) => MemoryFixCase.File<WriteLayout>(
        Sized(layout).Replace("Header", "{|VPIO2002:Header|}", StringComparison.Ordinal),
        Sized("LayoutKind.Explicit, Size = 8"));

    [Test]
    public Task TwoFieldsOfOneDeclarationAreNotTornApart() => MemoryFixCase.NotOffered<WriteLayout>("""
        [AbiStruct]
        public struct {|VPIO2002:Header|}
        {
            public uint Magic, Version;
        }
        """);

    [Test]
    public Task BytesBetweenFieldsAreDeclaredReserved() => MemoryFixCase.File<ReserveBytes>(
        """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 24)]
        public struct Header
        {
            [FieldOffset(0)] public byte Kind;

            /// <summary>What it can do.</summary>
            [FieldOffset(16)] public ulong {|VPIO2003:Features|};
        }
        """,
        """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 24)]
        public struct Header
        {
            [FieldOffset(0)] public byte Kind;
            [FieldOffset(1)] public byte Reserved0;
            [FieldOffset(2)] public ushort Reserved1;
            [FieldOffset(4)] public uint Reserved2;
            [FieldOffset(8)] public ulong Reserved3;

            /// <summary>What it can do.</summary>
            [FieldOffset(16)] public ulong Features;
        }
        """);

    [Test]
    public Task BytesAtTheEndAreDeclaredReserved() => MemoryFixCase.File<ReserveBytes>(
        """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 4096)]
        public struct Page
        {
            [FieldOffset(0)] public uint {|VPIO2003:Reserved0|};
        }
        """,
        """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 4096)]
        public struct Page
        {
            [FieldOffset(0)] public uint Reserved0;
            [FieldOffset(4)] public uint Reserved1;
            [FieldOffset(8), Elements(511)] private readonly ulong _reserved0;
        }
        """);

    [Test]
    public Task AnEmptyStructIsFilled() => MemoryFixCase.File<ReserveBytes>(
        """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public struct {|VPIO2003:Nothing|}
        {
        }
        """,
        """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public struct Nothing
        {
            [FieldOffset(0)] public ulong Reserved0;
        }
        """);

    [Test]
    public Task AReadOnlyStructGetsReadOnlyFieldsWithNamesThatNoPartHas() => MemoryFixCase.File<ReserveBytes>(
        """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public readonly partial struct Header
        {
            [FieldOffset(0)] public readonly uint Magic;
            [FieldOffset(8)] public readonly ulong {|VPIO2003:Features|};
        }

        public readonly partial struct Header
        {
            public static void Reserved0() { }
        }
        """,
        """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public readonly partial struct Header
        {
            [FieldOffset(0)] public readonly uint Magic;
            [FieldOffset(4)] public readonly uint Reserved1;
            [FieldOffset(8)] public readonly ulong Features;
        }

        public readonly partial struct Header
        {
            public static void Reserved0() { }
        }
        """);

    [Test]
    public Task AttributesAreNamedAsTheyAreUnderstoodThere() => MemoryFixCase.File<ReserveBytes>(
        Own("[System.Runtime.InteropServices.FieldOffset(0)] public ulong {|VPIO2003:Magic|};"),
        Own("""
            [System.Runtime.InteropServices.FieldOffset(0)] public ulong Magic;
                    [System.Runtime.InteropServices.FieldOffset(8), Vpio.Abi.Layout.Elements(7)] private readonly ulong _reserved0;
            """));

    [Test]
    public Task AMarkUnderAnotherNameIsFound() => MemoryFixCase.File<WriteLayout>(
        """
        using Abi = Vpio.Abi.Layout.AbiStructAttribute;

        /// <summary>A header.</summary>
        [Abi]
        public struct {|VPIO2002:Header|}
        {
            public uint Magic;
        }
        """,
        """
        using Abi = Vpio.Abi.Layout.AbiStructAttribute;

        /// <summary>A header.</summary>
        [Abi, StructLayout(LayoutKind.Explicit, Size = 4)]
        public struct Header
        {
            [FieldOffset(0)]
            public uint Magic;
        }
        """);

    [TestCase("AbiStruct")]
    [TestCase("AbiStruct, StructLayout(LayoutKind.Explicit, Size = 4)")]
    [TestCase("AbiStruct, StructLayout(LayoutKind.Explicit)")]
    public Task AConstantThatSaysAnotherSizeIsForTheAuthorToJudge(string attributes) => MemoryFixCase.NotOffered<WriteLayout>($$"""
        [{{attributes}}]
        public struct {|VPIO2002:Header|}
        {
            public const int Size = 8;
            {{(attributes == "AbiStruct" ? "" : "[FieldOffset(0)] ")}}public uint Magic;
        }
        """);

    [Test]
    public Task AFieldInTheWrongPlaceIsNotMoved() => MemoryFixCase.NotOffered<ReserveBytes>("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 8)]
        public struct Header
        {
            [FieldOffset(0)] public ulong Both;
            [FieldOffset(4)] public uint {|VPIO2003:High|};
        }
        """);

    private static string Own(string field) => $$"""
        namespace Own
        {
            public class FieldOffsetAttribute : Attribute;

            public class ElementsAttribute : Attribute;

            [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 64)]
            public struct Header
            {
                {{field}}
            }
        }
        """;

    private static string Field(string type, int size) => $$"""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = {{size}})]
        public unsafe struct Header
        {
            [FieldOffset(0)] public {{type}} Value;
        }

        """;

    private static string Sized(string layout) => $$"""
        [AbiStruct, StructLayout({{layout}})]
        public struct Header
        {
            [FieldOffset(0)] public uint Magic;
            [FieldOffset(4)] public uint Version;
        }
        """;
}
