namespace Vpio.Analyzers.Tests.SharedMemory;

/// <summary>Code is checked that reaches memory with a mark, or makes a word with a format, without naming either.</summary>
internal sealed class MemoryNameTests
{
    private const string Word = "[WordFormat] public readonly struct Word { public Word(ulong value) => Value = value; public ulong Value { get; } }\n";
    private const string Slot = "public struct Slot { [SharedWord] public ulong State; public ulong Kind; }\n";

    [TestCase("public class Sink { public static void Publish(Word word) { } } public class Code { public void Run(ushort o) => Sink.Publish(new({|VPIO2009:1 | (ulong)o << 8|})); }")]
    [TestCase("public class Sink { public Sink(Word word) { } } public class Code { public object Run(ushort o) => new Sink(new({|VPIO2009:1 | (ulong)o << 8|})); }")]
    [TestCase("public class Sink { public Word Last; } public class Code { public void Run(Sink s, ulong o) => s.Last = new({|VPIO2009:o | 1|}); }")]
    [TestCase("public record Sink(Word Word); public class Code { public object Run(ulong o) => new Sink(new({|VPIO2009:o | 1|})); }")]
    [TestCase("public delegate void Publish(Word word); public class Code { private Publish _p; public Code(Publish p) => _p = p; public void Run(ulong o) => _p(new({|VPIO2009:o | 1|})); }")]
    public Task WhatTakesAWordLeadsToIt(string code) => MemoryCase.File(Word + code);

    [TestCase("public Word P => new({|VPIO2009:_x | 1|});")]
    [TestCase("public Word P { get { return new({|VPIO2009:_x | 1|}); } }")]
    [TestCase("public Word P { get; } = new({|VPIO2009:1 | 2|});")]
    [TestCase("public Word this[int i] => new({|VPIO2009:_x | 1|});")]
    public Task AMembersTypeMakesItsBodyBeLookedAt(string member) => MemoryCase.File(Word + "public class Code { private ulong _x = 1; " + member + " }");

    [Test]
    public Task AnAliasIsAName() => MemoryCase.File("using P = Slot;\n" + Slot + "public unsafe class Code { public static void Copy(P* a, P* b) => {|VPIO2006:*a|} = {|VPIO2006:*b|}; }");

    [Test]
    public Task AGlobalAliasIsAName() => MemoryCase.File("global using P = Slot;\n" + Slot + "public class Code { public static P Copy(in P a) => {|VPIO2006:a|}; }");

    [Test]
    public Task ThisIsAWayToTheWordsOfAStruct() => MemoryCase.File("public struct Slot { [SharedWord] public ulong State; public void Reset() { {|VPIO2006:this|} = default; } }");

    [TestCase("public class Code { public void Run() { ulong x = 0; Get(ref x); static ulong Get([SharedWord] ref ulong w) => {|VPIO2006:w|}; } }")]
    [TestCase("public delegate ulong D(ref ulong w); public class Code { public void Run() { D d = ([SharedWord] ref ulong w) => {|VPIO2006:w|}; } }")]
    public Task TheOnlyMarkMayBeInABody(string code) => MemoryCase.File(code);

    [TestCase("public class Map { public static bool TryFind(int i, out Slot* s) { s = null; return false; } } public class Code { public void Run() { if (Map.TryFind(0, out var s)) { var copy = {|VPIO2006:*s|}; } } }")]
    [TestCase("public class Ring { private Slot[] _s = new Slot[4]; public ref Slot this[int i] => ref _s[i]; } public class Big : Ring { } public class Code { public void Run(Big b) { var copy = {|VPIO2006:b[0]|}; } }")]
    [TestCase("public delegate ref Slot Finder(int i); public class Code { private Finder _f; public Code(Finder f) => _f = f; public void Run() { var copy = {|VPIO2006:_f(0)|}; } }")]
    [TestCase("public delegate void Visit(ref Slot slot); public class Ring { public static void Each(Visit v) { } } public class Code { public void Run() => Ring.Each((ref s) => { var copy = {|VPIO2006:s|}; }); }")]
    public Task WhatHandsAStructOutLeadsToIt(string code) => MemoryCase.File(Slot + code.Replace("public class", "public unsafe class", StringComparison.Ordinal));
}
