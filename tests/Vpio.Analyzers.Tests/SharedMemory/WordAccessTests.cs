namespace Vpio.Analyzers.Tests.SharedMemory;

/// <summary>VPIO2006: shared words are touched by Volatile and Interlocked only, and never copied with the struct around them.</summary>
internal sealed class WordAccessTests
{
    [TestCase("ulong x = {|VPIO2006:slot.State|};")]
    [TestCase("ulong x = {|VPIO2006:seen.State|};")]
    [TestCase("ulong x = {|VPIO2006:pointer->State|};")]
    [TestCase("ulong x = {|VPIO2006:(*pointer).State|};")]
    [TestCase("ulong x = {|VPIO2006:pointer[1].State|};")]
    [TestCase("ulong x = {|VPIO2006:_page.Second.State|};")]
    [TestCase("ulong x = {|VPIO2006:_slots[0].State|};")]
    [TestCase("ulong x = {|VPIO2006:_word|};")]
    [TestCase("ulong x = {|VPIO2006:_words[1]|};")]
    [TestCase("ulong x = {|VPIO2006:Elsewhere.Find(0).State|};")]
    [TestCase("ulong x = {|VPIO2006:Elsewhere.Look(0).State|};")]
    [TestCase("if ({|VPIO2006:slot.State|} == 0) return;")]
    [TestCase("while ({|VPIO2006:slot.Waiters|} > 0) { }")]
    [TestCase("string s = $\"{{|VPIO2006:slot.State|}}\";")]
    [TestCase("string s = {|VPIO2006:slot.State|}.ToString();")]
    [TestCase("var t = (1, {|VPIO2006:slot.State|});")]
    [TestCase("switch ({|VPIO2006:slot.State|}) { case 1: break; }")]
    [TestCase("bool b = {|VPIO2006:slot.State|} is 1 or 2;")]
    [TestCase("Action a = () => Console.Write({|VPIO2006:_word|});")]
    [TestCase("ulong Local() => {|VPIO2006:_word|};")]
    public Task APlainReadIsReported(string statement) => WordCase.Statement(statement);

    [TestCase("{|VPIO2006:slot.State|} = 1;")]
    [TestCase("{|VPIO2006:pointer->State|} = 1;")]
    [TestCase("{|VPIO2006:_words[1]|} = 1;")]
    [TestCase("{|VPIO2006:slot.Waiters|}++;")]
    [TestCase("--{|VPIO2006:slot.Waiters|};")]
    [TestCase("{|VPIO2006:slot.State|} |= 1;")]
    [TestCase("{|VPIO2006:slot.Waiters|} += 1;")]
    [TestCase("({|VPIO2006:slot.State|}, int x) = (1, 2);")]
    public Task APlainWriteIsReported(string statement) => WordCase.Statement(statement);

    [TestCase("ulong x = Volatile.Read(ref slot.State);")]
    [TestCase("ulong x = Volatile.Read(in seen.State);")]
    [TestCase("ulong x = Volatile.Read(ref pointer->State);")]
    [TestCase("ulong x = Volatile.Read(ref Unsafe.AsRef(in seen.State));")]
    [TestCase("long x = Volatile.Read(ref Unsafe.As<ulong, long>(ref slot.State));")]
    [TestCase("ulong x = Volatile.Read(ref Unsafe.Add(ref slot.State, 1));")]
    [TestCase("Volatile.Write(ref slot.Waiters, 1u);")]
    [TestCase("Interlocked.Increment(ref slot.Waiters);")]
    [TestCase("Interlocked.CompareExchange(ref _words[2], 1, 0);")]
    [TestCase("ref uint waiters = ref slot.Waiters; Interlocked.Add(ref waiters, 2);")]
    [TestCase("Elsewhere.Careful(ref slot.State);")]
    [TestCase("Elsewhere.CarefulPointer(&pointer->State);")]
    [TestCase("Elsewhere.CarefulPointer((ulong*)Unsafe.AsPointer(ref slot.State));")]
    [TestCase("bool b = Unsafe.IsNullRef(ref slot.State);")]
    [TestCase("string s = nameof(slot.State);")]
    [TestCase("ref ulong word = ref (slot.Kind > 0 ? ref slot.State : ref _word); Volatile.Write(ref word, Word.Unused);")]
    public Task AnAtomicAccessIsSilent(string statement) => WordCase.Statement(statement);

    [TestCase("ref ulong word = ref slot.State; ulong x = {|VPIO2006:word|};")]
    [TestCase("ref readonly ulong word = ref seen.State; ulong x = {|VPIO2006:word|};")]
    [TestCase("ref ulong word = ref slot.State; {|VPIO2006:word|} = 1;")]
    [TestCase("Elsewhere.Careless(ref {|VPIO2006:slot.State|});")]
    [TestCase("Elsewhere.Glance(in {|VPIO2006:slot.State|});")]
    [TestCase("Elsewhere.Glance({|VPIO2006:slot.State|});")]
    [TestCase("Elsewhere.CarelessPointer(&{|VPIO2006:pointer->State|});")]
    [TestCase("ulong* p = &{|VPIO2006:pointer->State|};")]
    [TestCase("fixed (ulong* p = &{|VPIO2006:slot.State|}) { }")]
    public Task AReferenceToAWordIsFollowed(string statement) => WordCase.Statement(statement);

    [TestCase("Slot copy = {|VPIO2006:slot|};")]
    [TestCase("var copy = {|VPIO2006:seen|};")]
    [TestCase("Slot copy = {|VPIO2006:*pointer|};")]
    [TestCase("Slot copy = {|VPIO2006:pointer[1]|};")]
    [TestCase("Slot copy = {|VPIO2006:_page.First|};")]
    [TestCase("Page copy = {|VPIO2006:_page|};")]
    [TestCase("Slot copy = {|VPIO2006:_slots[0]|};")]
    [TestCase("Slot copy = {|VPIO2006:Elsewhere.Find(0)|};")]
    [TestCase("Elsewhere.Take({|VPIO2006:slot|});")]
    [TestCase("object box = {|VPIO2006:slot|};")]
    [TestCase("{|VPIO2006:slot|} = default;")]
    [TestCase("{|VPIO2006:*pointer|} = value;")]
    [TestCase("{|VPIO2006:_slots[0]|} = value;")]
    [TestCase("uint x = {|VPIO2006:seen|}.Counted();")]
    [TestCase("Slot copy = {|VPIO2006:Unsafe.Read<Slot>(pointer)|};")]
    [TestCase("Slot copy = {|VPIO2006:Marshal.PtrToStructure<Slot>((nint)pointer)|};")]
    [TestCase("Slot[] copy = {|VPIO2006:new Span<Slot>(pointer, 2).ToArray()|};")]
    public Task ACopyOfAStructWithWordsIsReported(string statement) => WordCase.Statement(statement);

    [TestCase("ref Slot other = ref slot; other.Kind = 1;")]
    [TestCase("ref readonly Slot other = ref _page.First;")]
    [TestCase("Elsewhere.Show(in slot);")]
    [TestCase("Elsewhere.Show(_page.First);")]
    [TestCase("uint x = seen.Twice();")]
    [TestCase("uint x = slot.Counted();")]
    [TestCase("uint x = slot.Kind + pointer->Kind;")]
    [TestCase("Slot* p = &pointer[1];")]
    [TestCase("int x = sizeof(Slot) + Unsafe.SizeOf<Slot>();")]
    [TestCase("string s = nameof(slot);")]
    public Task AReferenceToAStructIsSilent(string statement) => WordCase.Statement(statement);

    [TestCase("ulong x = value.State; value.State = Word.Unused;")]
    [TestCase("Slot mine = new() { State = Word.Unused, Waiters = 1 }; mine.Waiters++;")]
    [TestCase("Slot mine = value; Elsewhere.Take(mine);")]
    [TestCase("ulong x = Elsewhere.Copy(0).State;")]
    [TestCase("Page mine = default; mine.First.Waiters = 2; uint x = mine.First.Waiters;")]
    public Task APrivateCopyIsOnesOwn(string statement) => WordCase.Statement(statement);

    [Test]
    public Task BeforeAnObjectIsSharedItsWordsAreWrittenPlainly() => WordCase.Members("""
            public Code(int count)
            {
                _word = Word.Unused;
                _words[0] = (uint)count;
            }
        """.Replace("_words[0] =", "{|VPIO2006:_words[0]|} =", StringComparison.Ordinal));

    [Test]
    public Task WhatAConstructorMakesToRunLaterIsSharedThen() => WordCase.Members("""
            private readonly Action _later;
            private readonly Func<ulong> _now = () => 1;
            public Code(int count)
            {
                _word = 1;
                _later = () => {|VPIO2006:_word|} = 2;
                void Local() => {|VPIO2006:_word|} = 3;
                Local();
            }
        """);

    [Test]
    public Task AVolatileFieldIsReadAndWrittenAsByVolatile() => MemoryCase.File("""
        public class Code
        {
            [SharedWord] private volatile uint _word;
            public uint Read() => _word;
            public void Write() => _word = 1;
            public void Step() => {|VPIO2006:_word|}++;
            public void Set() => {|VPIO2006:_word|} |= 1;
        }
        """);

    [Test]
    public Task BeforeATypeIsReadyItsWordsAreWrittenPlainly() => MemoryCase.File("""
        public class Code
        {
            [SharedWord] private static uint _word;
            static Code() => _word = 1;
            public static uint Read() => {|VPIO2006:_word|};
        }
        """);

    [Test]
    public Task AMemberThatHandsAWordOutSaysSo() => WordCase.Members("""
            [SharedWord] public ref ulong Good => ref _word;
            public ref ulong Bad => ref {|VPIO2006:_word|};
            [return: SharedWord] public ref ulong GoodAt(int i) => ref _words[i];
            public ref ulong BadAt(int i) { return ref {|VPIO2006:_words[i]|}; }
            public ulong Use() => {|VPIO2006:Good|} + {|VPIO2006:GoodAt(1)|} + Volatile.Read(ref Good);
        """);

    [Test]
    public Task AParameterThatIsASharedWordIsTreatedSo() => WordCase.Members("""
            public static ulong Load([SharedWord] ref ulong word) => Volatile.Read(ref word);
            public static ulong Peek([SharedWord] ref ulong word) => {|VPIO2006:word|};
            public static ulong Follow([SharedWord] ulong* word) => {|VPIO2006:*word|} + {|VPIO2006:word[1]|} + Volatile.Read(ref *word);
            public static ulong Value([SharedWord] ulong word) => word;
        """);

    [Test]
    public Task TheStructsOwnMembersAreCheckedToo() => MemoryCase.File("""
        public struct Counter
        {
            [SharedWord] private uint _count;
            public Counter(uint first) => _count = first;
            public uint Plain => {|VPIO2006:_count|};
            public uint Good => Volatile.Read(ref _count);
            public Counter Copy() => {|VPIO2006:this|};
        }
        """);

    [Test]
    public Task AWordOfTheAbiIsOne() => MemoryCase.File("""
        using Vpio.Abi;
        public static class Reader
        {
            public static ulong Bad(in DevicePage page, DeviceIndex device) => {|VPIO2006:DevicePage.Slot(in page, device).State|};
            public static StateWord Good(in DevicePage page, DeviceIndex device) => DeviceSlot.ReadState(in DevicePage.Slot(in page, device));
            public static DeviceSlot Torn(in DevicePage page, DeviceIndex device) => {|VPIO2006:DevicePage.Slot(in page, device)|};
            public static uint Events(ref GuestPage page, DeviceIndex device) => {|VPIO2006:GuestPage.Events(ref page, device)|};
        }
        """);

    [Test]
    public Task TheMessagesSayWhatToDo() => MemoryCase.Says(
        """
        public class Box
        {
            [SharedWord] private ulong _word;
            public ulong Read() => {|#0:_word|};
            public void Write() => {|#1:_word|} = 1;
            public void Pass() => Careless(ref {|#2:_word|});
            private static void Careless(ref ulong word) { }
        }
        """,
        Error("VPIO2006", 0, "The shared word '_word' is read plainly: use Volatile.Read"),
        Error("VPIO2006", 1, "The shared word '_word' is written plainly: use Volatile.Write, or Interlocked where what was there before matters"),
        Error("VPIO2006", 2, "The shared word '_word' is passed by reference to 'Careless', which may touch it plainly: mark its parameter with [SharedWord]"));

    private static Microsoft.CodeAnalysis.Testing.DiagnosticResult Error(string id, int place, string message) =>
        new Microsoft.CodeAnalysis.Testing.DiagnosticResult(id, Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithLocation(place).WithMessage(message);
}
