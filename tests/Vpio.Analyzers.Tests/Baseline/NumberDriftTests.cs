namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>Numbers that were given out are held to what is recorded of them.</summary>
internal sealed class NumberDriftTests
{
    [Test]
    public Task WhatIsRecordedIsSilent() => BaselineCase.Check("""
        [AbiNumbers]
        public enum Op : ushort { Get, Grab = 7, Release = Grab + 1 }
        """, """
        enum Op ushort
        number Op.Get = 0
        number Op.Grab = 7
        number Op.Release = 8
        """);

    [Test]
    public Task AnEnumIsReportedThatIsNotRecordedAndSoIsEachNumberOfIt() => BaselineCase.Check("""
        [AbiNumbers]
        public enum {|VPIO2005:Op|} : uint { {|VPIO2005:Get|}, {|VPIO2005:Grab|} = 7 }
        """);

    [Test]
    public Task ANumberThatMovedIsReportedAndSoIsEachThatMovesWithIt() => BaselineCase.Check("""
        [AbiNumbers]
        public enum Op { Get, {|VPIO2005:New|}, {|VPIO2005:Grab|}, Release = 9 }
        """, "", """
        enum Op int
        number Op.Get = 0
        number Op.Grab = 1
        number Op.Release = 9
        """);

    [Test]
    public Task TheWidthOfAnEnumCounts() => BaselineCase.Check("""
        [AbiNumbers]
        public enum {|VPIO2005:Op|} : ulong { Get }
        """, "", "enum Op uint\nnumber Op.Get = 0");

    [Test]
    public Task ConstantsOfAClassAreNumbers() => BaselineCase.Check("""
        [AbiNumbers]
        public static class Register
        {
            public const uint Control = 0x10;
            public const uint {|VPIO2005:Status|} = 0x14;
            public const int {|VPIO2005:Tail|} = 0x18;
            internal const ulong {|VPIO2005:Hidden|} = 1;
            private const uint Stride = 4;
            public static readonly uint Computed = Stride;
        }
        """, """
        number Register.Control uint = 16
        number Register.Status uint = 16
        number Register.Tail uint = 24
        """);

    [Test]
    public Task ConstantsOfAbiStructsAndOfWordsAreNumbers() => BaselineCase.Check("""
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
        public struct Slot { public const int Size = 64; }

        [WordFormat]
        public readonly struct Word { public const int {|VPIO2005:OwnerShift|} = 8; }
        """, """
        struct Slot size 64
        number Slot.Size int = 64
        number Word.OwnerShift int = 16
        """);

    [Test]
    public Task EveryKindOfConstantIsWrittenOnOneLine() => BaselineCase.Check("""
        [AbiNumbers]
        public static class Odd
        {
            public const string Name = "a \"b\" = c\nd";
            public const string? None = null;
            public const bool Yes = true;
            public const char Mark = '#';
            public const double Ratio = 0.5;
            public const decimal Price = 1.50m;
            public const long Least = long.MinValue;
            public const DayOfWeek Day = DayOfWeek.Friday;
        }
        """, """
        number Odd.Day System.DayOfWeek = 5
        number Odd.Least long = -9223372036854775808
        number Odd.Mark char = '#'
        number Odd.Name string = "a \"b\" = c\nd"
        number Odd.None string = null
        number Odd.Price decimal = 1.50
        number Odd.Ratio double = 0.5
        number Odd.Yes bool = true
        """);

    [Test]
    public Task AMessageSaysThatANumberKeepsItsMeaning() => BaselineCase.Says(
        "'number Op.Get = 1' has changed since it was shipped as '= 0': a number that was given out keeps its meaning, so put it back and give out a new one, or record the change in a new major version",
        "[AbiNumbers] public enum Op { {|#0:Get|} = 1 }",
        shipped: "enum Op int\nnumber Op.Get = 0");
}
