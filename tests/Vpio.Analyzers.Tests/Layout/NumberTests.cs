namespace Vpio.Analyzers.Tests.Layout;

/// <summary>VPIO2008: each number of an enumeration is given out once, and none that is reserved.</summary>
internal sealed class NumberTests
{
    [Test]
    public Task ANumberThatIsGivenOutTwiceIsReported() => MemoryCase.Says(
        """
        [AbiNumbers]
        public enum Op : uint { Grab = 1, Release = 2, {|#0:Query|} = 2 }
        """,
        new Microsoft.CodeAnalysis.Testing.DiagnosticResult("VPIO2008", Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithLocation(0).WithMessage("'Query' has the number 2, which 'Release' has already"));

    [Test]
    public Task ANumberThatCountsOnIntoAnotherIsReported() => MemoryCase.File("""
        [AbiNumbers]
        public enum Op { A = 5, B = 3, C, {|VPIO2008:D|} }
        """);

    [Test]
    public Task ANegativeStatusIsReported() => MemoryCase.File("""
        [AbiNumbers]
        public enum Status { Ok, Busy = -16, {|VPIO2008:Held|} = -16 }
        """);

    [Test]
    public Task AReservedNumberIsReported() => MemoryCase.Says(
        """
        [AbiNumbers, ReservedNumbers(3, 5, "was the old release"), ReservedNumbers(100, 200, "of the vendor")]
        public enum Op : uint { Grab = 2, {|#0:Release|}, {|#1:Vendor|} = 200, Last = 201 }
        """,
        new Microsoft.CodeAnalysis.Testing.DiagnosticResult("VPIO2008", Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithLocation(0).WithMessage("'Release' has the number 3, which is reserved: was the old release"),
        new Microsoft.CodeAnalysis.Testing.DiagnosticResult("VPIO2008", Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithLocation(1).WithMessage("'Vendor' has the number 200, which is reserved: of the vendor"));

    [Test]
    public Task ReservedNumbersAreComparedWithTheirSign() => MemoryCase.File("""
        [AbiNumbers, ReservedNumbers(long.MinValue, -4096, "no errno")]
        public enum Status { Ok = 0, Busy = -16, {|VPIO2008:Far|} = -4096 }

        [AbiNumbers, ReservedNumbers(-2, -1, "the last two")]
        public enum Wide : ulong { First = 0, {|VPIO2008:Last|} = ulong.MaxValue, Before = ulong.MaxValue - 2 }
        """);

    [Test]
    public Task BitsAreGivenOutOnceAndMayBeCombined() => MemoryCase.File("""
        [Flags, AbiNumbers]
        public enum Access { None = 0, Read = 1, Write = 2, ReadWrite = Read | Write, All = 3, {|VPIO2008:Execute|} = 2 }
        """);

    [Test]
    public Task AnAliasSaysThatBothMeanTheSame() => MemoryCase.File("""
        [AbiNumbers]
        public enum Op { Release = 2, GiveBack = Release, Return = Op.Release }
        """);

    [Test]
    public Task AnEnumerationWithoutTheMarkIsSilent() => MemoryCase.File("public enum Op { A = 1, B = 1 }");

    [Test]
    public Task ConstantsOfAClassMayBeAlike() => MemoryCase.File("""
        [AbiNumbers]
        public static class Register { public const uint Status = 4, Width = 4; }
        """);

    [Test]
    public Task AnotherTypesConstantsAreNoAlias() => MemoryCase.File("""
        public static class Nr { public const uint Grab = 2, Release = 2; }

        [AbiNumbers]
        public enum Op : uint { Grab = Nr.Grab, {|VPIO2008:Release|} = Nr.Release, {|VPIO2008:Query|} = 2 }
        """);

    [Test]
    public Task TheTopBitIsABit() => MemoryCase.File("""
        [Flags, AbiNumbers]
        public enum Wide : int { A = 1 << 31, {|VPIO2008:B|} = 1 << 31 }

        [Flags, AbiNumbers]
        public enum Narrow : sbyte { A = -128, {|VPIO2008:B|} = -128 }
        """);
}
