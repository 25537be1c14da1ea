using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.MemoryFixes;

/// <summary>The fixes of accesses: atomic, once, by the format, whole.</summary>
internal sealed class SharedMemoryFixTests
{
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
    public Task AWordIsTouchedAtomically(string before, string after) => MemoryFixCase.File<TouchAtomically>(Word(before), Word(after));

    [TestCase("uint x = {|VPIO2006:slot.Count|}++;")]
    [TestCase("uint x = {|VPIO2006:slot.Count|} = 1;")]
    [TestCase("{|VPIO2006:slot.Count|} -= 1;")]
    [TestCase("{|VPIO2006:slot.Flag|}++;")]
    [TestCase("Slot copy = {|VPIO2006:slot|};")]
    [TestCase("Careless(ref {|VPIO2006:slot.Count|});")]
    public Task WhatHasNoOneAtomicFormIsNotOffered(string statement) => MemoryFixCase.NotOffered<TouchAtomically>(Word(statement));

    [Test]
    public Task AReadIsMadeOnce() => MemoryFixCase.File<ReadOnce>(
        Door("""
            // Too long.
            if (args.Length > 64)
                return;
            Use({|VPIO2007:args.Length|});
        """),
        Door("""
            // Too long.
            var length = args.Length;
            if (length > 64)
                return;
            Use(length);
        """));

    [Test]
    public Task AVolatileReadIsMadeOnce() => MemoryFixCase.File<ReadOnce>(
        Door("""
            if (Volatile.Read(ref args.Length) > 64)
                return;
            Use(Volatile.Read(ref {|VPIO2007:args.Length|}));
        """),
        Door("""
            var length = Volatile.Read(ref args.Length);
            if (length > 64)
                return;
            Use(length);
        """));

    [Test]
    public Task AVariableThatIsThereIsUsed() => MemoryFixCase.File<ReadOnce>(
        Door("""
            uint count = args.Length;
            if (count > 64)
                return;
            Use({|VPIO2007:args.Length|});
        """),
        Door("""
            uint count = args.Length;
            if (count > 64)
                return;
            Use(count);
        """));

    [Test]
    public Task ThreeReadsBecomeOne() => MemoryFixCase.File<ReadOnce>(
        Door("""
            if (args.Length > 64 || {|VPIO2007:args.Length|} == 0)
                return;
            Use({|VPIO2007:args.Length|});
        """),
        Door("""
            var length = args.Length;
            if (length > 64 || length == 0)
                return;
            Use(length);
        """));

    [Test]
    public Task AnArrowBecomesABlock() => MemoryFixCase.File<ReadOnce>(
        """
        public class Door
        {
            public uint Run([GuestWritable] in uint length) => length > 64 ? 0 : {|VPIO2007:length|};
        }
        """,
        """
        public class Door
        {
            public uint Run([GuestWritable] in uint length)
            {
                var length2 = length;
                return length2 > 64 ? 0 : length2;
            }
        }
        """);

    [TestCase("while (args.Length > 64) Use(1);\nUse({|VPIO2007:args.Length|});")]
    [TestCase("for (; args.Length > 64;) Use(1);\nUse({|VPIO2007:args.Length|});")]
    [TestCase("uint count = args.Length;\nif (count > 64) return;\ncount = 5;\nUse({|VPIO2007:args.Length|});")]
    [TestCase("Args copy = args;\nif (copy.Length > 64) return;\nUse({|VPIO2007:args.Length|});")]
    public Task ALoopThatLooksIsLeftAlone(string statements) => MemoryFixCase.NotOffered<ReadOnce>(Door(statements));

    [TestCase("Word w = new({|VPIO2009:word.Value | (ulong)State.Busy|});", "Word w = word.With(State.Busy);")]
    [TestCase("Word w = new Word({|VPIO2009:(word.Value & ~0xFFul) | (byte)State.Busy|});", "Word w = word.With(State.Busy);")]
    [TestCase("Interlocked.Exchange(ref slot, {|VPIO2009:(ulong)State.Busy | ((ulong)owner << 8)|});", "Interlocked.Exchange(ref slot, new Word(State.Busy, owner).Value);")]
    [TestCase("Word w = new({|VPIO2009:(byte)State.Busy | ((ulong)owner << 8)|});", "Word w = new Word(State.Busy, owner);")]
    public Task AWordIsMadeByItsFormat(string before, string after) => MemoryFixCase.File<BuildByFormat>(Format(before), Format(after));

    [TestCase("Word w = new({|VPIO2009:7|});")]
    [TestCase("Word w = new({|VPIO2009:word.Value + 1|});")]
    [TestCase("{|VPIO2009:Interlocked.Or(ref slot, 1)|};")]
    public Task AWordOfUnknownPartsIsLeftAlone(string statement) => MemoryFixCase.NotOffered<BuildByFormat>(Format(statement));

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

    [Test]
    public Task AReadThatIsCutIsLeftAlone() => MemoryFixCase.NotOffered<KeepApart>(Card("    public byte Low() => (byte){|VPIO2010:Volatile.Read(ref At(4))|};"));

    private static string Word(string statement) => $$"""
        public struct Slot
        {
            [SharedWord] public uint Count;
            [SharedWord] public byte Flag;
        }

        public class Code
        {
            [SharedWord] private uint _word;

            private static void Careless(ref uint word) { }

            public void Run(ref Slot slot, in Slot seen)
            {
                {{statement}}
            }
        }
        """;

    private static string Door(string statements) => $$"""
        public struct Args { public uint Length; }

        public class Door
        {
            private static void Use(uint value) { }

            public void Run([GuestWritable] ref Args args)
            {
        {{string.Join('\n', statements.Split('\n').Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? $"    {line}" : $"        {line}"))}}
            }
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
            public void Run([SharedWord(typeof(Word))] ref ulong slot, Word word, ushort owner)
            {
                {{statement}}
            }
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
