namespace Vpio.Analyzers.Tests.SharedMemory;

/// <summary>VPIO2006: by which ways code reaches a shared word, and which memory is its own.</summary>
internal sealed class WordPlaceTests
{
    private const string Declarations = """
        public struct Slot { [SharedWord] public ulong State; public uint Kind; }
        public struct Raw { public ulong A; public ulong B; }
        public struct Plain { public ulong Head; public ulong Tail; }
        [InlineArray(4)] public struct Four { private ulong _element; }
        [InlineArray(4)] public struct Words { [SharedWord] private ulong _element; }
        [InlineArray(4)] public struct Slots { private Slot _element; }
        public struct Ring { [SharedWord] public Four Tails; public Words Heads; public Slots Slots; public Slot First; }

        """;

    [TestCase("ulong x = Volatile.Read(ref ring.Tails[i]) + Volatile.Read(ref ring.Heads[i]) + Volatile.Read(ref ring.Slots[i].State);")]
    [TestCase("Ring own = default; own.Tails[0] = 1; own.Heads[1]++; own.Slots[2].State = own.Tails[0];")]
    [TestCase("ulong x = {|VPIO2006:ring.Tails[i]|} + {|VPIO2006:ring.Heads[i]|} + {|VPIO2006:ring.Slots[i].State|};")]
    [TestCase("Slot copy = {|VPIO2006:ring.Slots[1]|};")]
    [TestCase("Span<ulong> tails = ring.Tails; ulong x = {|VPIO2006:tails[0]|} + Volatile.Read(ref tails[1]);")]
    public Task AnElementOfAnInlineArrayIsAPlace(string statement) => Statement(statement);

    [TestCase("bool b = slot is { Kind: 1 };")]
    [TestCase("bool b = ring is { First: { Kind: 1 or 2 } };")]
    [TestCase("bool b = slot is not { Kind: 1 } or { Kind: 2 };")]
    [TestCase("int x = slot switch { { Kind: 1 } => 2, _ => 3 };")]
    [TestCase("switch (slot) { case { Kind: 1 }: break; default: break; }")]
    [TestCase("bool b = mine is { State: 1 };")]
    [TestCase("bool b = box is Slot { State: 1 };")]
    [TestCase("bool b = slot is { {|VPIO2006:State|}: 1, Kind: 2 };")]
    [TestCase("bool b = ring is { First: { {|VPIO2006:State|}: 1 } };")]
    [TestCase("int x = slot switch { { {|VPIO2006:State|}: 1 } => 2, _ => 3 };")]
    [TestCase("switch (slot) { case { {|VPIO2006:State|}: 1 }: break; }")]
    [TestCase("bool b = {|VPIO2006:slot|} is { Kind: 1 } copy;")]
    [TestCase("bool b = {|VPIO2006:slot|} is var copy;")]
    public Task APatternReadsWhatItNames(string statement) => Statement(statement);

    [TestCase("Slot? s = mine; ulong? x = s?.State; ulong y = s!.Value.State;")]
    [TestCase("ref Slot r = ref mine; r.State = 5; ulong x = r.State; Slot copy = r;")]
    [TestCase("Span<Slot> s = stackalloc Slot[2]; s[0].State = 2; Slot copy = s[1]; foreach (Slot each in s) { }")]
    [TestCase("Slot* s = stackalloc Slot[2]; s->State = 2; s[1].State = 3; Slot copy = *s;")]
    [TestCase("filled = default; filled.State = 3; ulong x = filled.State; Slot copy = filled;")]
    [TestCase("foreach (ref ulong w in words) Volatile.Write(ref w, 1);")]
    public Task WhatAMethodMadeIsItsOwn(string statement) => Statement(statement);

    [Test]
    public Task WhatWasAwaitedIsOnesOwn() => MemoryCase.File(Declarations + """
        public class Code
        {
            private readonly Slot[] _slots = new Slot[2];
            private static Task<Slot> Get() => Task.FromResult(default(Slot));
            public async Task<ulong> Read() => (await Get()).State + Volatile.Read(ref _slots[0].State);
        }
        """);

    [TestCase("foreach (ulong w in {|VPIO2006:_words|}) { }")]
    [TestCase("foreach (ulong w in {|VPIO2006:words|}) { }")]
    [TestCase("foreach (Slot s in {|VPIO2006:_slots|}) { }")]
    [TestCase("ulong x = {|VPIO2006:words[^1]|} + {|VPIO2006:words.Slice(1)[0]|} + {|VPIO2006:words[1..][0]|} + {|VPIO2006:_words.AsSpan()[0]|};")]
    [TestCase("ulong x = Volatile.Read(ref words[^1]) + Volatile.Read(ref words.Slice(1)[0]) + Volatile.Read(ref words[1..][0]) + Volatile.Read(ref _words.AsSpan()[0]);")]
    [TestCase("ref ulong w = ref MemoryMarshal.GetReference(words); ulong x = {|VPIO2006:w|} + Volatile.Read(ref w);")]
    [TestCase("ulong x = {|VPIO2006:Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_words), i)|};")]
    [TestCase("ulong x = {|VPIO2006:Unsafe.AsRef<ulong>(pointer + 1)|};")]
    [TestCase("long x = {|VPIO2006:MemoryMarshal.Cast<ulong, long>(words)[0]|};")]
    public Task AWayThroughAViewIsFollowed(string statement) => Statement(statement);

    [TestCase("{|VPIO2006:words.CopyTo(into)|};")]
    [TestCase("{|VPIO2006:into.CopyTo(words)|};")]
    [TestCase("{|VPIO2006:words.Clear()|};")]
    [TestCase("{|VPIO2006:words.Fill(1)|};")]
    [TestCase("ulong[] x = {|VPIO2006:words.ToArray()|};")]
    [TestCase("{|VPIO2006:_words.CopyTo(into)|};")]
    [TestCase("{|VPIO2006:Array.Clear(_words)|};")]
    [TestCase("{|VPIO2006:Array.Copy(_slots, new Slot[4], 4)|};")]
    [TestCase("object x = {|VPIO2006:_slots.Clone()|};")]
    [TestCase("Slot[] x = [.. {|VPIO2006:_slots|}];")]
    [TestCase("{|VPIO2006:Buffer.MemoryCopy(pointer, bytes, 8, 8)|};")]
    [TestCase("{|VPIO2006:Unsafe.CopyBlock(ref *bytes, ref Unsafe.As<Slot, byte>(ref slot), 16)|};")]
    [TestCase("Raw x = {|VPIO2006:Unsafe.As<Slot, Raw>(ref slot)|};")]
    [TestCase("Take(out {|VPIO2006:slot|});")]
    [TestCase("into.CopyTo(new ulong[4]); Array.Clear(new ulong[4]);")]
    public Task ACopyOfManyBytesIsReported(string statement) => Statement(statement);

    [Test]
    public Task AFieldThatKeepsAReferenceSaysSo() => MemoryCase.File(Declarations + """
        public ref struct Views
        {
            private ref ulong _careless;
            [SharedWord] private ref ulong _careful;
            public Views(ref Slot slot)
            {
                _careless = ref {|VPIO2006:slot.State|};
                _careful = ref slot.State;
            }
            public ulong Read() => {|VPIO2006:_careful|} + Volatile.Read(ref _careful);
        }
        public ref struct Initialised([SharedWord] ref ulong word)
        {
            private ref ulong _careless = ref {|VPIO2006:word|};
            [SharedWord] private ref ulong _careful = ref word;
            private ulong _value = {|VPIO2006:word|};
            public ulong Read() => {|VPIO2006:_careful|} + Volatile.Read(ref _careful);
        }
        """);

    [Test]
    public Task AMarkOnAPointerSpeaksOfEveryFieldBehindIt() => MemoryCase.File(Declarations + """
        public unsafe class Code
        {
            [SharedWord] private readonly Plain* _ring;
            public Code(Plain* ring) => _ring = ring;
            public ulong Good() => Volatile.Read(ref _ring->Head) + Volatile.Read(ref _ring[1].Tail);
            public ulong Bad() => {|VPIO2006:_ring->Head|} + {|VPIO2006:(*_ring).Tail|} + {|VPIO2006:_ring[1].Tail|};
            public void Write() => {|VPIO2006:_ring->Tail|}++;
            public Plain Copy() => {|VPIO2006:*_ring|};
        }
        """);

    [Test]
    public Task AStructThatHoldsItselfManyTimesComesToAnEnd() => MemoryCase.Broken("""
        public struct Quad { public Quad A, B, C, D; public uint Value; }
        public class Code
        {
            [SharedWord] private uint _word;
            public uint Read(ref Quad quad) { Quad copy = quad; return {|VPIO2006:_word|} + copy.Value; }
        }
        """);

    [Test]
    public Task ReferencesMadeOfReferencesComeToAnEnd()
    {
        IEnumerable<string> steps = Enumerable.Range(1, 40).Select(i => $"ref uint r{i} = ref (which ? ref r{i - 1} : ref r{i - 1});");
        return MemoryCase.File($$"""
            public class Code
            {
                [SharedWord] private uint _word;
                private uint _plain;
                public uint Read(bool which) { ref uint r0 = ref _plain; {{string.Concat(steps)}} return r40 + {|VPIO2006:_word|}; }
            }
            """);
    }

    private static Task Statement(string statement) => MemoryCase.File($$"""
        {{Declarations}}
        public unsafe class Code
        {
            [SharedWord] private readonly ulong[] _words = new ulong[4];
            private readonly Slot[] _slots = new Slot[4];
            private static void Take(out Slot slot) => slot = default;
            public void Run(ref Ring ring, ref Slot slot, out Slot filled, Slot mine, object box, [SharedWord] Span<ulong> words, [SharedWord] ulong* pointer, Span<ulong> into, byte* bytes, int i)
            {
                filled = default;
                {{statement}}
            }
        }
        """);
}
