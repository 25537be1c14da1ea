namespace Vpio.Analyzers.Tests.SharedMemory;

/// <summary>VPIO2009: words with a format are made by its members.</summary>
internal sealed class WordBuildingTests
{
    [TestCase("Word w = new({|VPIO2009:1ul << 8 | 2|});")]
    [TestCase("Word w = new Word({|VPIO2009:4|});")]
    [TestCase("Word w = new({|VPIO2009:(ulong)(slot.Kind | 1)|});")]
    [TestCase("Word w = new({|VPIO2009:slot.Kind > 1 ? 1ul : 2ul|});")]
    [TestCase("ulong bits = (ulong)slot.Kind << 8; Word w = new({|VPIO2009:bits|});")]
    [TestCase("Volatile.Write(ref slot.State, {|VPIO2009:0|});")]
    [TestCase("Interlocked.Exchange(ref slot.State, {|VPIO2009:seen.Kind | 0x100ul|});")]
    [TestCase("Interlocked.CompareExchange(ref slot.State, {|VPIO2009:5|}, 4);")]
    [TestCase("{|VPIO2009:Interlocked.Or(ref slot.State, 2)|};")]
    [TestCase("{|VPIO2009:Interlocked.Increment(ref slot.State)|};")]
    [TestCase("Elsewhere.Exchange(ref slot.State, {|VPIO2009:~1ul|});")]
    [TestCase("value.State = {|VPIO2009:1 << 3|};")]
    [TestCase("Slot mine = new() { State = {|VPIO2009:7|} };")]
    [TestCase("ref ulong word = ref slot.State; Volatile.Write(ref word, {|VPIO2009:3|});")]
    [TestCase("{|VPIO2009:value.State |= 2|}; {|VPIO2009:value.State++|};")]
    [TestCase("Volatile.Write(ref slot.State, {|VPIO2009:slot.Kind switch { 1 => 1ul | 2, _ => Word.Unused }|});")]
    [TestCase("Word w = Unsafe.BitCast<ulong, Word>({|VPIO2009:1ul << 8|});")]
    public Task AWordThatIsBuiltByHandIsReported(string statement) => WordCase.Statement(statement);

    [TestCase("Word w = new(Volatile.Read(ref slot.State));")]
    [TestCase("Word w = new(1, 2);")]
    [TestCase("ulong bits = Volatile.Read(ref slot.State); Word w = new(bits);")]
    [TestCase("Interlocked.Exchange(ref slot.State, new Word(1, 2).Value);")]
    [TestCase("Interlocked.CompareExchange(ref slot.State, new Word(1, 2).With(3).Value, 4);")]
    [TestCase("Volatile.Write(ref slot.State, Word.Unused);")]
    [TestCase("Volatile.Write(ref slot.State, slot.Kind switch { 1 => new Word(1, 2).Value, _ => Word.Unused });")]
    [TestCase("Volatile.Write(ref slot.Waiters, 0);")]
    [TestCase("Interlocked.Or(ref _word, 1);")]
    [TestCase("Elsewhere.Exchange(ref slot.State, new Word(1, 2).Value);")]
    public Task AWordThatTheFormatMakesIsSilent(string statement) => WordCase.Statement(statement);

    [Test]
    public Task OnlyWhatIsWrittenIsAValue() => WordCase.Members("""
            private static extern bool Wait([SharedWord(typeof(Word))] ref ulong word, int timeoutMs);
            private static extern bool TrySwap([SharedWord(typeof(Word))] ref ulong word, ulong expected, ulong desired);
            private static extern bool Swap([SharedWord(typeof(Word))] ref ulong word, ulong newValue, ulong oldValue);
            public void Run(ref Slot slot, Word next)
            {
                Wait(ref slot.State, 100);
                TrySwap(ref slot.State, 0, next.Value);
                Swap(ref slot.State, next.Value, 4);
                TrySwap(ref slot.State, 0, {|VPIO2009:1|});
                Swap(ref slot.State, {|VPIO2009:2|}, 4);
            }
        """);

    [Test]
    public Task ANumberAsWideAsTheWordIsTheWord() => MemoryCase.File("""
        [WordFormat]
        public record struct Word
        {
            public Word(ulong value) => Value = value;
            public Word(ushort owner) => Value = (ulong)owner << 8;
            public ulong Value { get; set; }
            public static explicit operator Word(ulong value) => new(value);
        }

        public static class Code
        {
            public static Word Part() => new((ushort)5);
            public static Word Whole() => new({|VPIO2009:5ul|});
            public static Word Converted() => (Word)({|VPIO2009:1ul << 8|});
            public static Word Initialized() => new Word { Value = {|VPIO2009:1 | 2|} };
            public static Word Changed(Word word) => word with { Value = {|VPIO2009:word.Value | 2|} };
            public static void Assigned(ref Word word) { word.Value = {|VPIO2009:1|}; {|VPIO2009:word.Value |= 2|}; }
            public static Word Same(Word word) => word with { Value = word.Value };
        }
        """);

    [Test]
    public Task TheStateWordOfTheAbiIsOne() => MemoryCase.File("""
        using Vpio.Abi;
        public static class Granter
        {
            public static void Bad(ref DeviceSlot slot, ushort owner) => Volatile.Write(ref slot.State, {|VPIO2009:1 | ((ulong)owner << 8)|});
            public static void Good(ref DeviceSlot slot, DomainId owner) => Volatile.Write(ref slot.State, StateWord.Unused.NextGrant(DeviceState.Owned, owner).Value);
            public static StateWord Worse(StateWord word) => new({|VPIO2009:word.Value | 2|});
        }
        """);
}
