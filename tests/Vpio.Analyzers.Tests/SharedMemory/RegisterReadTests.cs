namespace Vpio.Analyzers.Tests.SharedMemory;

/// <summary>VPIO2010: device registers are read whole, in methods that the compiler does not inline.</summary>
internal sealed class RegisterReadTests
{
    [Test]
    public Task AnAccessorThatMayBeInlinedIsReported() => Members("""
            public uint Status() => {|VPIO2010:Volatile.Read(ref At(4))|};
            public uint Plain() => {|VPIO2010:At(4)|};
            public uint Property => {|VPIO2010:Volatile.Read(ref At(4))|};
            [MethodImpl(MethodImplOptions.AggressiveInlining)] public uint Fast() => {|VPIO2010:Volatile.Read(ref At(4))|};
        """);

    [Test]
    public Task AnAccessorThatIsKeptApartIsSilent() => Members("""
            [MethodImpl(MethodImplOptions.NoInlining)] public uint Status() => Volatile.Read(ref At(4));
            [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)] public uint Both() { uint x = Volatile.Read(ref At(4)); return x; }
            [MethodImpl(MethodImplOptions.NoOptimization)] public uint Slow() => At(4);
            public uint Property { [MethodImpl(MethodImplOptions.NoInlining)] get => Volatile.Read(ref At(4)); }
            [MethodImpl(MethodImplOptions.NoInlining)] public long Wider() => Volatile.Read(ref At(4));
            [MethodImpl(MethodImplOptions.NoInlining)] public int Signed() => (int)Volatile.Read(ref At(4));
        """);

    [Test]
    public Task AReadThatIsCutAtOnceIsReported() => Members("""
            [MethodImpl(MethodImplOptions.NoInlining)] public byte Low() => (byte){|VPIO2010:Volatile.Read(ref At(4))|};
            [MethodImpl(MethodImplOptions.NoInlining)] public uint Masked() => {|VPIO2010:Volatile.Read(ref At(4))|} & 0xFF;
            [MethodImpl(MethodImplOptions.NoInlining)] public uint High() => {|VPIO2010:Volatile.Read(ref At(4))|} >> 16;
            [MethodImpl(MethodImplOptions.NoInlining)] public bool Bit() => ({|VPIO2010:Volatile.Read(ref At(4))|} & 1) != 0;
            [MethodImpl(MethodImplOptions.NoInlining)] public ulong Wide() => Volatile.Read(ref At(4)) & 0xFFul;
        """.Replace("=> Volatile.Read(ref At(4)) & 0xFFul", "=> {|VPIO2010:Volatile.Read(ref At(4))|} & 0xFFul", StringComparison.Ordinal));

    [Test]
    public Task ALambdaIsNotKeptApart() => Members("""
            [MethodImpl(MethodImplOptions.NoInlining)] public Func<uint> Later() { Block b = this; return () => {|VPIO2010:b.Status|}; }
            [DeviceRegister] public uint Status;
        """.Replace("public Func<uint> Later() { Block b = this; return () => {|VPIO2010:b.Status|}; }", "public Func<uint> Later(Holder b) => () => {|VPIO2010:b.Status|};", StringComparison.Ordinal).Replace("[DeviceRegister] public uint Status;", "", StringComparison.Ordinal));

    [Test]
    public Task WritesAndReferencesAreSilent() => Members("""
            public void Ring() => Volatile.Write(ref At(8), 1);
            public void Plain() => At(8) = 1;
            public uint Swap() => Interlocked.Exchange(ref At(8), 0);
            [return: DeviceRegister] public ref uint Next() => ref At(12);
            public void Set() { ref uint r = ref At(8); r = 2; }
        """);

    [Test]
    public Task APointerToRegistersLeadsToThem() => MemoryCase.File("""
        public unsafe class Card
        {
            [DeviceRegister] private readonly uint* _registers;
            public Card(uint* registers) => _registers = registers;
            public uint Status() => {|VPIO2010:Volatile.Read(ref _registers[1])|};
            public uint Control() => {|VPIO2010:*_registers|};
            public uint* Where() => _registers;
            [MethodImpl(MethodImplOptions.NoInlining)] public uint Whole() => Volatile.Read(ref _registers[1]);
        }
        """);

    [Test]
    public Task AMarkOnAPointerSpeaksOfTheWholeBlock() => MemoryCase.File("""
        public struct Registers { public uint Control; public uint Status; }
        public unsafe class Card
        {
            [DeviceRegister] private readonly Registers* _registers;
            [DeviceRegister] private readonly byte* _bytes;
            public Card(Registers* registers, byte* bytes) { _registers = registers; _bytes = bytes; }
            public uint Status() => {|VPIO2010:Volatile.Read(ref _registers->Status)|};
            public uint Control() => {|VPIO2010:_registers->Control|};
            public uint Reference() => {|VPIO2010:Volatile.Read(ref Unsafe.AsRef<uint>(_bytes + 4))|};
            public uint Library() => {|VPIO2010:Unsafe.Read<uint>(_bytes + 4)|} + {|VPIO2010:Unsafe.ReadUnaligned<uint>(_bytes + 8)|};
            public void Write() => _registers->Control = 1;
            [MethodImpl(MethodImplOptions.NoInlining)] public uint Whole() => Volatile.Read(ref _registers->Status);
            [MethodImpl(MethodImplOptions.NoInlining)] public uint Raw() => Unsafe.Read<uint>(_bytes + 4);
        }
        """);

    [TestCase("return (int){|VPIO2010:Volatile.Read(ref At(4))|} & 0xFF;")]
    [TestCase("return (byte)(int){|VPIO2010:Volatile.Read(ref At(4))|};")]
    [TestCase("return (int)(~{|VPIO2010:Volatile.Read(ref At(4))|} & 1);")]
    [TestCase("uint s = {|VPIO2010:Volatile.Read(ref At(4))|}; return (s & 1) != 0 ? 1 : 0;")]
    [TestCase("uint s; s = {|VPIO2010:Volatile.Read(ref At(4))|}; return (byte)s + (int)(s >> 8);")]
    [TestCase("long s = (long)Volatile.Read(ref At(4)); return (int)s;")]
    [TestCase("uint s = Volatile.Read(ref At(4)); return (s & 1) != 0 ? (int)s : 0;")]
    [TestCase("return checked((byte)Volatile.Read(ref At(4)));")]
    [TestCase("return Volatile.Read(ref At(4)) == 5 ? 1 : 0;")]
    public Task WhatIsCutLaterIsCut(string statements) => Members($"[MethodImpl(MethodImplOptions.NoInlining)] public int Get() {{ {statements} }}");

    [Test]
    public Task AReadOutsideOfAMethodNeedsOneOfItsOwn() => MemoryCase.Says(
        """
        public class Card
        {
            [DeviceRegister] private static uint s_status;
            private static uint s_first = {|#0:Volatile.Read(ref s_status)|};
            public Card() => Console.Write({|#1:Volatile.Read(ref s_status)|});
            public Func<uint> Later() => () => {|#2:Volatile.Read(ref s_status)|};
        }
        """,
        [.. Enumerable.Range(0, 3).Select(i => new Microsoft.CodeAnalysis.Testing.DiagnosticResult("VPIO2010", Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithLocation(i)
            .WithMessage("The register 's_status' is read where the compiler may load only the bits that are used: read it in a method of its own, marked with [MethodImpl(MethodImplOptions.NoInlining)]"))]);

    private static Task Members(string members) => MemoryCase.File($$"""
        public class Holder { [DeviceRegister] public uint Status; }

        public unsafe struct Block
        {
            private byte* _start;
            [return: DeviceRegister] private ref uint At(int offset) => ref *(uint*)(_start + offset);
        {{members}}
        }
        """);
}
