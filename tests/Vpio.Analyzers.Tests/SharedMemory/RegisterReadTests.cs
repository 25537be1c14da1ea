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
