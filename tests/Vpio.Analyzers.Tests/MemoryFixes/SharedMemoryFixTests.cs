using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.MemoryFixes;

/// <summary>The fixes of accesses: atomic, by the format, whole.</summary>
internal sealed class SharedMemoryFixTests
{
    // As in .NET Standard 2.0.
    private const string OlderVolatile = "namespace System.Threading { public static class Volatile { public static uint Read(ref uint location) => location; } }";

    [TestCase("uint x = {|VPIO2006:slot.Count|};", "uint x = Volatile.Read(ref slot.Count);")]
    [TestCase("uint x = {|VPIO2006:seen.Count|};", "uint x = Volatile.Read(in seen.Count);")]
    [TestCase("if ({|VPIO2006:_word|} == 1) return;", "if (Volatile.Read(ref _word) == 1) return;")]
    [TestCase("{|VPIO2006:slot.Count|} = 1 + 2;", "Volatile.Write(ref slot.Count, 1 + 2);")]
    [TestCase("{|VPIO2006:slot.Count|}++;", "Interlocked.Increment(ref slot.Count);")]
    [TestCase("--{|VPIO2006:slot.Count|};", "Interlocked.Decrement(ref slot.Count);")]
    [TestCase("{|VPIO2006:slot.Count|} += 3;", "Interlocked.Add(ref slot.Count, 3);")]
    [TestCase("{|VPIO2006:slot.Count|} |= 4;", "Interlocked.Or(ref slot.Count, 4);")]
    [TestCase("{|VPIO2006:slot.Count|} &= 4;", "Interlocked.And(ref slot.Count, 4);")]
    [TestCase("{|VPIO2006:slot.Flag|} = 1; byte b = {|VPIO2006:slot.Flag|};", "Volatile.Write(ref slot.Flag, 1); byte b = Volatile.Read(ref slot.Flag);")]
    [TestCase("{|VPIO2006:slot.Count|} = // why\n            4; // and so", "Volatile.Write(ref slot.Count, // why\n            4); // and so")]
    [TestCase("{|VPIO2006:slot.Count|} /* it */ = 4 /* four */;", "Volatile.Write(ref slot.Count /* it */, 4) /* four */;")]
    [TestCase("uint x = /* before */ {|VPIO2006:slot.Count|} /* after */;", "uint x = /* before */ Volatile.Read(ref slot.Count) /* after */;")]
    [TestCase("Action a = () => {|VPIO2006:_word|} = 4;", "Action a = () => Volatile.Write(ref _word, 4);")]
    [TestCase("Action a = () => {|VPIO2006:_word|}++;", "Action a = () => Interlocked.Increment(ref _word);")]
    [TestCase("Func<uint> a = () => ++{|VPIO2006:_word|};", "Func<uint> a = () => Interlocked.Increment(ref _word);")]
    [TestCase("for (; ; {|VPIO2006:_word|}++) { }", "for (; ; Interlocked.Increment(ref _word)) { }")]
    [TestCase("uint x = {|VPIO2006:At()|};", "uint x = Volatile.Read(ref At());")]
    public Task AWordIsTouchedAtomically(string before, string after) => MemoryFixCase.File<TouchAtomically>(Word(before), Word(after));

    [TestCase("uint x = {|VPIO2006:slot.Count|}++;")]
    [TestCase("uint x = {|VPIO2006:slot.Count|} = 1;")]
    [TestCase("{|VPIO2006:slot.Count|} -= 1;")]
    [TestCase("{|VPIO2006:slot.Flag|}++;")]
    [TestCase("Slot copy = {|VPIO2006:slot|};")]
    [TestCase("Careless(ref {|VPIO2006:slot.Count|});")]
    [TestCase("Func<uint> a = () => {|VPIO2006:_word|} = 4;")]
    [TestCase("Func<uint> a = () => {|VPIO2006:_word|}++;")]
    [TestCase("char c = {|VPIO2006:slot.Letter|};")]
    [TestCase("(int a, {|VPIO2006:slot.Count|}) = (1, 2);")]
    [TestCase("var t = ({|VPIO2006:slot.Count|}, 2);")]
    [TestCase("var t = new { {|VPIO2006:slot.Count|} };")]
    [TestCase("checked { {|VPIO2006:slot.Count|}++; }")]
    [TestCase("{|VPIO2006:slots.CopyTo(slots)|};")]
    [TestCase("Slot s = {|VPIO2006:Unsafe.Read<Slot>(null)|};")]
    [TestCase("uint? x = other?{|VPIO2006:._word|};")]
    [TestCase("bool b = slot is { {|VPIO2006:Count|}: 4 };")]
    public Task WhatHasNoOneAtomicFormIsNotOffered(string statement) => MemoryFixCase.NotOffered<TouchAtomically>(Word(statement));

    [TestCase("public readonly uint Head => {|VPIO2006:_head|};", "public readonly uint Head => Volatile.Read(in _head);")]
    [TestCase("public readonly uint Head() { return {|VPIO2006:this._head|}; }", "public readonly uint Head() { return Volatile.Read(in this._head); }")]
    [TestCase("public uint Head => {|VPIO2006:_head|};", "public uint Head => Volatile.Read(ref _head);")]
    public Task AMemberThatOnlyReadsTakesAReadOnlyReference(string before, string after) => MemoryFixCase.File<TouchAtomically>(Head(before), Head(after));

    [Test]
    public Task WhereVolatileTakesOnlyWritableReferencesAReadOnlyWordIsLeftAlone() => MemoryFixCase.File<TouchAtomically>(
        Head("public readonly uint Head => {|VPIO2006:_head|};\n    public uint Again => {|VPIO2006:_head|};") + OlderVolatile,
        Head("public readonly uint Head => {|VPIO2006:_head|};\n    public uint Again => Volatile.Read(ref _head);") + OlderVolatile);

    [TestCase("Word w = new({|VPIO2009:(word.Value & 0xFFFF_FFFF_FFFF_FF00) | (ulong)state|});", "Word w = word.With(state);")]
    [TestCase("Word w = new({|VPIO2009:(byte)state | (uint)(owner << 8)|});", "Word w = new Word(state, owner);")]
    [TestCase("Word w = new Word({|VPIO2009:(word.Value & ~0xFFul) | (byte)State.Busy|});", "Word w = word.With(State.Busy);")]
    [TestCase("Interlocked.Exchange(ref slot, {|VPIO2009:(ulong)State.Busy | ((ulong)owner << 8)|});", "Interlocked.Exchange(ref slot, new Word(State.Busy, owner).Value);")]
    [TestCase("Word w = new({|VPIO2009:(byte)State.Busy | ((ulong)owner << 8)|});", "Word w = new Word(State.Busy, owner);")]
    public Task AWordIsMadeByItsFormat(string before, string after) => MemoryFixCase.File<BuildByFormat>(Format(before), Format(after));

    [TestCase("Word w = new({|VPIO2009:7|});")]
    [TestCase("Word w = new({|VPIO2009:word.Value | (ulong)State.Busy|});")]
    [TestCase("Word w = new({|VPIO2009:(word.Value & ~0xFul) | (ulong)state|});")]
    [TestCase("Word w = new({|VPIO2009:(word.Value & 0xFF) | (ulong)state|});")]
    [TestCase("Word w = new({|VPIO2009:(ulong)state | ((ulong)owner << 16)|});")]
    [TestCase("Word w = new({|VPIO2009:(ulong)state | ((ulong)(byte)owner << 8)|});")]
    [TestCase("Word w = new({|VPIO2009:(ulong)state & ((ulong)owner << 8)|});")]
    [TestCase("Word w = new({|VPIO2009:(ulong)state | ((ulong)(owner + 1) << 8)|});")]
    [TestCase("Word w = new({|VPIO2009:word.Value + 1|});")]
    [TestCase("{|VPIO2009:Interlocked.Or(ref slot, 1)|};")]
    public Task AWordOfUnknownPartsIsLeftAlone(string statement) => MemoryFixCase.NotOffered<BuildByFormat>(Format(statement));

    [TestCase("low | ((ulong)high << 16)", "new Pair(low, high)")]
    [TestCase("high | ((ulong)low << 16)", "new Pair(high, low)")]
    [TestCase("((uint)low << 16) | high", "new Pair(high, low)")]
    [TestCase("1 | ((ulong)low << 16)", "new Pair(1, low)")]
    public Task PartsOfOneTypeKeepTheirPlaces(string byHand, string byFormat) => MemoryFixCase.File<BuildByFormat>(
        Pair($"{{|VPIO2009:{byHand}|}}"),
        Pair($"{byFormat}.Value"));

    [TestCase("public ulong Value { get; } = value;", "private ulong Value { get; } = value;")]
    [TestCase("public ulong Value { get; } = value;", "public ulong Value { get; } = ~value;")]
    [TestCase("public ulong Value { get; } = value;", "public ulong Value => value << 1;")]
    [TestCase("public Pair(ushort", "private Pair(ushort")]
    [TestCase("{ }", "{ Value = 0; }")]
    public Task AFormatThatDoesNotGiveTheSameNumberIsNotUsed(string usual, string unusual) =>
        MemoryFixCase.NotOffered<BuildByFormat>(Pair("{|VPIO2009:low | ((ulong)high << 16)|}").Replace(usual, unusual, StringComparison.Ordinal));

    [Test]
    public Task AFormatWhoseSourceIsElsewhereIsNotUsed() => MemoryFixCase.NotOffered<BuildByFormat>("""
        public class Code
        {
            public static ulong Run([SharedWord(typeof(Vpio.Abi.StateWord))] ref ulong slot, Vpio.Abi.DeviceState state, ushort owner) =>
                Interlocked.Exchange(ref slot, {|VPIO2009:(ulong)state | ((ulong)owner << 8)|});
        }
        """);

    [Test]
    public Task AnAccessorIsKeptApart() => MemoryFixCase.File<KeepApart>(
        Card("""
            /// <summary>Reads the status.</summary>
            public uint Status() => {|VPIO2010:Volatile.Read(ref At(4))|};

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public uint Control() => {|VPIO2010:Volatile.Read(ref At(8))|};

            public uint Mask => {|VPIO2010:Volatile.Read(ref At(12))|};

            public uint Timer { get => {|VPIO2010:Volatile.Read(ref At(12))|}; set => Volatile.Write(ref At(12), value); }
        """),
        Card("""
            /// <summary>Reads the status.</summary>
            [MethodImpl(MethodImplOptions.NoInlining)]
            public uint Status() => Volatile.Read(ref At(4));

            [MethodImpl(MethodImplOptions.NoInlining)]
            public uint Control() => Volatile.Read(ref At(8));

            public uint Mask { [MethodImpl(MethodImplOptions.NoInlining)] get => Volatile.Read(ref At(12)); }

            public uint Timer { [MethodImpl(MethodImplOptions.NoInlining)] get => Volatile.Read(ref At(12)); set => Volatile.Write(ref At(12), value); }
        """));

    [TestCase("[MethodImpl(MethodImplOptions.Synchronized)]", "[MethodImpl(MethodImplOptions.Synchronized | MethodImplOptions.NoInlining)]")]
    [TestCase("[MethodImpl(MethodImplOptions.AggressiveInlining | MethodImplOptions.PreserveSig)]", "[MethodImpl(MethodImplOptions.PreserveSig | MethodImplOptions.NoInlining)]")]
    [TestCase("[Obsolete, Impl(MethodImplOptions.AggressiveOptimization)]", "[Obsolete, Impl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]")]
    [TestCase("[Obsolete]", "[MethodImpl(MethodImplOptions.NoInlining)]\n    [Obsolete]")]
    public Task WhatAMethodAsksForAlreadyStays(string before, string after) => MemoryFixCase.File<KeepApart>(
        "using Impl = System.Runtime.CompilerServices.MethodImplAttribute;\n" + Card($"    {before}\n    public uint Status() => {{|VPIO2010:Volatile.Read(ref At(4))|}};"),
        "using Impl = System.Runtime.CompilerServices.MethodImplAttribute;\n" + Card($"    {after}\n    public uint Status() => Volatile.Read(ref At(4));"));

    [Test]
    public Task AnIndexerIsKeptApart() => MemoryFixCase.File<KeepApart>(
        Card("    public uint this[int i] => {|VPIO2010:Volatile.Read(ref At(i))|};"),
        Card("    public uint this[int i] { [MethodImpl(MethodImplOptions.NoInlining)] get => Volatile.Read(ref At(i)); }"));

    [TestCase("[MethodImpl((MethodImplOptions)260)] public static uint Read(Card card) => {|VPIO2010:Volatile.Read(ref card.Status)|};")]
    [TestCase("[MethodImpl((short)256)] public static uint Read(Card card) => {|VPIO2010:Volatile.Read(ref card.Status)|};")]
    [TestCase("public static async Task<uint> Read(Card card) { await Task.Yield(); return {|VPIO2010:Volatile.Read(ref card.Status)|}; }")]
    public Task WhatCannotBeKeptApartSafelyIsLeftAlone(string member) => MemoryFixCase.NotOffered<KeepApart>($$"""
        public class Card { [DeviceRegister] public uint Status; }

        public class Code
        {
            {{member}}
        }
        """);

    [Test]
    public Task AReadThatIsCutIsLeftAlone() => MemoryFixCase.NotOffered<KeepApart>(Card("    public byte Low() => (byte){|VPIO2010:Volatile.Read(ref At(4))|};"));

    private static string Word(string statement) => $$"""
        public struct Slot
        {
            [SharedWord] public uint Count;
            [SharedWord] public byte Flag;
            [SharedWord] public char Letter;
        }

        public unsafe class Code
        {
            [SharedWord] private uint _word;

            private static void Careless(ref uint word) { }

            [return: SharedWord]
            private ref uint At() => ref _word;

            public void Run(ref Slot slot, in Slot seen, Span<Slot> slots, Code? other)
            {
                {{statement}}
            }
        }
        """;

    private static string Head(string member) => $$"""
        public struct Ring
        {
            [SharedWord] private uint _head;
            {{member}}
        }

        """;

    private static string Format(string statement) => $$"""
        public enum State : byte { Free, Busy }

        [WordFormat]
        public readonly struct Word
        {
            public Word(ulong value) => Value = value;
            public Word(State state, ushort owner) : this((byte)state | ((ulong)owner << 8)) { }
            public ulong Value { get; }
            public Word With(State state) => new((Value & ~0xFFul) | (byte)state);
            public Word Renewed(State state) => new((byte)state);
        }

        public class Code
        {
            public void Run([SharedWord(typeof(Word))] ref ulong slot, Word word, State state, ushort owner)
            {
                {{statement}}
            }
        }
        """;

    private static string Pair(string number) => $$"""
        [WordFormat]
        public readonly struct Pair(ulong value)
        {
            public Pair(ushort low, ushort high) : this(low | ((ulong)high << 16)) { }
            public ulong Value { get; } = value;
        }

        public class Code
        {
            public static void Run([SharedWord(typeof(Pair))] ref ulong slot, ushort low, ushort high) =>
                Interlocked.Exchange(ref slot, {{number}});
        }
        """;

    private static string Card(string members) => $$"""
        public unsafe class Card
        {
            private byte* _start;

            [return: DeviceRegister]
            private ref uint At(int offset) => ref *(uint*)(_start + offset);

        {{members}}
        }
        """;
}
