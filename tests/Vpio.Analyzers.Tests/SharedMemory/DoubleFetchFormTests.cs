namespace Vpio.Analyzers.Tests.SharedMemory;

/// <summary>VPIO2007 in the forms in which guest memory is read: pointers, spans, arrays, views of views, structs with members, patterns; each in one line.</summary>
internal sealed class DoubleFetchFormTests
{
    private static readonly (string Form, string Source)[] Late =
    [
        ("Unsafe.ReadUnaligned from a pointer", """
            public unsafe class C { static void Use(uint n) { } public void F([GuestWritable] byte* p) { uint n = Unsafe.ReadUnaligned<uint>(p); if (n > 64) return; Use({|VPIO2007:Unsafe.ReadUnaligned<uint>(p)|}); } }
            """),
        ("Unsafe.ReadUnaligned from a reference", """
            public class C { static void Use(uint n) { } public void F([GuestWritable] Span<byte> p) { uint n = Unsafe.ReadUnaligned<uint>(ref p[0]); if (n > 64) return; Use(Unsafe.ReadUnaligned<uint>(ref {|VPIO2007:p[0]|})); } }
            """),
        ("BinaryPrimitives", """
            public class C { static void Use(uint n) { } public void F([GuestWritable] ReadOnlySpan<byte> p) { uint n = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(p); if (n > 64) return; Use({|VPIO2007:System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(p)|}); } }
            """),
        ("MemoryMarshal.Read", """
            public struct Args { public uint Length, Kind; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] ReadOnlySpan<byte> p) { if (MemoryMarshal.Read<Args>(p).Length > 64) return; Use({|VPIO2007:MemoryMarshal.Read<Args>(p)|}.Length); } }
            """),
        ("MemoryMarshal.AsRef", """
            public struct Args { public uint Length, Kind; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] ReadOnlySpan<byte> p) { ref readonly Args a = ref MemoryMarshal.AsRef<Args>(p); if (a.Length > 64) return; Use({|VPIO2007:a.Length|}); } }
            """),
        ("MemoryMarshal.Cast", """
            public struct Args { public uint Length, Kind; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] Span<byte> p) { Span<Args> a = MemoryMarshal.Cast<byte, Args>(p); if (a[0].Length > 64) return; Use({|VPIO2007:a[0].Length|}); } }
            """),
        ("span range", """
            public class C { static void Use(uint n) { } public void F([GuestWritable] Span<byte> p) { Span<byte> body = p[4..]; if (body[0] > 64) return; Use({|VPIO2007:body[0]|}); } }
            """),
        ("from end", """
            public class C { static void Use(uint n) { } public void F([GuestWritable] Span<byte> p) { if (p[^1] > 64) return; Use({|VPIO2007:p[^1]|}); } }
            """),
        ("header tested, then the whole message copied", """
            public class C { static void Use(uint n) { } public void F([GuestWritable] ReadOnlySpan<byte> msg, Span<byte> buf) { if (msg[0] > buf.Length) return; {|VPIO2007:msg.CopyTo(buf)|}; Use(buf[0]); } }
            """),
        ("header tested, then whole struct copied by memcpy", """
            public unsafe struct Args { public uint Length; public fixed byte Data[60]; }
            public unsafe class C { static void Use(uint n) { } public void F([GuestWritable] Args* p, Args* mine) { if (p->Length > 60) return; Buffer.MemoryCopy({|VPIO2007:p|}, mine, 64, 64); Use(mine->Length); } }
            """),
        ("header tested, then copied by Unsafe.CopyBlock", """
            public unsafe struct Args { public uint Length; public fixed byte Data[60]; }
            public unsafe class C { static void Use(uint n) { } public void F([GuestWritable] Args* p, Args* mine) { if (p->Length > 60) return; Unsafe.CopyBlock(mine, {|VPIO2007:p|}, 64); Use(mine->Length); } }
            """),
        ("foreach by reference over descriptors", """
            public struct Desc { public ulong Addr; public uint Len; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] ReadOnlySpan<Desc> ring) { foreach (ref readonly Desc d in ring) { if (d.Len > 64) continue; Use({|VPIO2007:d.Len|}); } } }
            """),
        ("marked struct through a pointer", """
            [GuestWritable] public struct Desc { public ulong Addr; public uint Len; }
            public unsafe class C { static void Use(uint n) { } public void F(Desc* d) { if (d->Len > 64) return; Use({|VPIO2007:d->Len|}); } }
            """),
        ("marked struct through a pointer with an index", """
            [GuestWritable] public struct Desc { public ulong Addr; public uint Len; }
            public unsafe class C { static void Use(uint n) { } public void F(Desc* ring, int i) { if (ring[i].Len > 64) return; Use({|VPIO2007:ring[i].Len|}); } }
            """),
        ("marked struct in an array", """
            [GuestWritable] public struct Desc { public ulong Addr; public uint Len; }
            public class C { Desc[] _ring = new Desc[4]; static void Use(uint n) { } public void F(int i) { if (_ring[i].Len > 64) return; Use({|VPIO2007:_ring[i].Len|}); } }
            """),
        ("marked struct through an accessor", """
            [GuestWritable] public struct Desc { public ulong Addr; public uint Len; }
            public class C { Desc[] _ring = new Desc[4]; ref Desc At(int i) => ref _ring[i]; static void Use(uint n) { } public void F(int i) { if (At(i).Len > 64) return; Use({|VPIO2007:At(i).Len|}); } }
            """),
        ("marked struct, reference parameter", """
            [GuestWritable] public struct Desc { public ulong Addr; public uint Len; }
            public class C { static void Use(uint n) { } public void F(ref Desc d) { if (d.Len > 64) return; Use({|VPIO2007:d.Len|}); } public void G(ref Desc d) { if (d.Addr > 64) return; Use(d.Len); } }
            """),
        ("marked struct in a span", """
            [GuestWritable] public struct Desc { public ulong Addr; public uint Len; }
            public class C { static void Use(uint n) { } public void F(Span<Desc> ring, int i) { if (ring[i].Len > 64) return; Use({|VPIO2007:ring[i].Len|}); } }
            """),
        ("struct with auto-properties: the same property", """
            public struct Args { public uint Length { get; set; } public uint Kind { get; set; } }
            public class C { static void Use(uint n) { } public void F([GuestWritable] ref Args a) { if (a.Length > 3) return; Use({|VPIO2007:a.Length|}); } }
            """),
        ("struct that checks itself", """
            public struct Args { public uint Length; public readonly bool IsValid() => Length < 64; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] ref Args a) { if (!a.IsValid()) return; Use({|VPIO2007:a.Length|}); } }
            """),
        ("property pattern", """
            public struct Args { public uint Length, Kind; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] in Args a) { if (a is { Length: > 64 }) return; Use({|VPIO2007:a.Length|}); } }
            """),
        ("inline array, same index", """
            [InlineArray(4)] public struct Four { private uint _e; }
            public struct Args { public Four Lens; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] in Args a) { if (a.Lens[0] > 64) return; Use({|VPIO2007:a.Lens[0]|}); } }
            """),
        ("fixed buffer", """
            public unsafe struct Args { public fixed uint Lens[4]; }
            public unsafe class C { static void Use(uint n) { } public void F([GuestWritable] Args* a) { if (a->Lens[0] > 64) return; Use(a->Lens[1]); } public void G([GuestWritable] Args* a) { if (a->Lens[0] > 64) return; Use({|VPIO2007:a->Lens[0]|}); } }
            """),
        ("value kept in a field of one's own", """
            public struct Args { public uint Length; }
            public class C { uint _n; static void Use(uint n) { } public void F([GuestWritable] in Args a) { _n = a.Length; if (_n > 64) return; Use({|VPIO2007:a.Length|}); } }
            """),
        ("value kept in a struct of one's own", """
            public struct Args { public uint Length; } public struct Mine { public uint N; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] in Args a) { Mine m = new() { N = a.Length }; if (m.N > 64) return; Use({|VPIO2007:a.Length|}); } }
            """),
        ("value kept in a struct, by assignment to its field", """
            public struct Args { public uint Length; } public struct Mine { public uint N; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] in Args a) { Mine m = default; m.N = a.Length; if (m.N > 64) return; Use({|VPIO2007:a.Length|}); } }
            """),
        ("array as span", """
            public class C { [GuestWritable] readonly byte[] _page = new byte[4096]; static void Use(uint n) { } public void F() { Span<byte> s = _page.AsSpan(16); if (s[0] > 64) return; Use({|VPIO2007:s[0]|}); } }
            """),
        ("fixed pointer to marked array", """
            public unsafe class C { [GuestWritable] readonly byte[] _page = new byte[4096]; static void Use(uint n) { } public void F() { fixed (byte* p = _page) { if (p[4] > 64) return; Use({|VPIO2007:p[4]|}); } } }
            """),
        ("*p and p[0], *(p+1) and p[1]", """
            public unsafe class C { static void Use(uint n) { } public void F([GuestWritable] uint* p) { if (*p > 64) return; Use({|VPIO2007:p[0]|}); } public void G([GuestWritable] uint* p) { if (*(p + 1) > 64) return; Use({|VPIO2007:p[1]|}); } }
            """),
        ("loop over indices, tested and used again", """
            public class C { static void Use(uint n) { } public void F([GuestWritable] Span<byte> p) { for (int i = 0; i < 4; i++) { if (p[i] > 64) return; Use({|VPIO2007:p[i]|}); } } }
            """),
        ("Span from pointer constructor", """
            public unsafe class C { static void Use(uint n) { } public void F([GuestWritable] byte* p) { var s = new Span<byte>(p, 64); if (s[0] > 64) return; Use({|VPIO2007:s[0]|}); } }
            """),
        ("MemoryMarshal.CreateSpan and GetReference", """
            public class C { static void Use(uint n) { } public void F([GuestWritable] Span<byte> p) { ref byte r = ref MemoryMarshal.GetReference(p); if (r > 64) return; Use({|VPIO2007:r|}); } }
            """),
        ("async, iterators, local functions", """
            public class Box { [GuestWritable] public uint Length; static void Use(uint n) { } public async Task F() { if (Length > 64) return; Use({|VPIO2007:Length|}); await Task.Yield(); Use(Length); } public IEnumerable<uint> G() { if (Length > 64) yield break; yield return {|VPIO2007:Length|}; } }
            """),
        ("memory behind Memory<byte>", """
            public class C { static void Use(uint n) { } public void F([GuestWritable] Memory<byte> m) { if (m.Span[0] > 64) return; Use({|VPIO2007:m.Span[0]|}); } }
            """),
        ("a class of guest memory with an indexer", """
            public class Mem { public uint this[int i] => 1; public uint Read32(int at) => 1; }
            public class C { [GuestWritable] readonly Mem _m = new(); static void Use(uint n) { } public void F() { if (_m[0] > 64) return; Use({|VPIO2007:_m[0]|}); } public void G() { uint n = _m.Read32(4); if (n > 64) return; Use({|VPIO2007:_m.Read32(4)|}); Use(_m.Read32(8)); } }
            """),
        ("copy by slice whose length was tested in place (documented example)", """
            public class C { public static void Copy([GuestWritable] ReadOnlySpan<byte> ring, Span<byte> into) { if (ring[0] > into.Length) return; ring.Slice(1, {|VPIO2007:ring[0]|}).CopyTo(into); } }
            """),
        ("same with a range", """
            public class C { public static void Copy([GuestWritable] ReadOnlySpan<byte> ring, Span<byte> into) { if (ring[0] > into.Length) return; ring[1..(1 + {|VPIO2007:ring[0]|})].CopyTo(into); } }
            """),
        ("generic method on marked memory", """
            public class C { static T Get<T>(in T x) => x; static void Use(uint n) { } public void F([GuestWritable] in uint a) { if (Get(in a) > 64) return; Use(Get(in {|VPIO2007:a|})); } }
            """),
        ("extension method receiver", """
            public struct Args { public uint Length; } public static class E { public static uint Len(this in Args a) => a.Length; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] in Args a) { if (a.Len() > 64) return; Use({|VPIO2007:a|}.Len()); } }
            """),
        ("try/catch with retry", """
            public struct R { public uint Prod; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] ref R r) { try { if (r.Prod > 4) throw new Exception(); } catch (Exception) { Use({|VPIO2007:r.Prod|}); } } }
            """),
        ("ternary, coalesce, interpolated, checked", """
            public struct R { public uint Prod; }
            public class C { static void Use(object n) { } public void F([GuestWritable] ref R r) { if (checked(r.Prod * 2) > 8) return; Use($"{{|VPIO2007:r.Prod|}}"); } }
            """),
        ("pattern with a new variable", """
            public struct R { public uint Prod; }
            public class C { static void Use(object n) { } public void F([GuestWritable] ref R r) { if (r.Prod is var n and < 4) Use(n); } public void G([GuestWritable] ref R r) { if (r.Prod is < 4 and var n) { Use(n); Use({|VPIO2007:r.Prod|}); } } }
            """),
        ("memory reached through a property of a class", """
            public unsafe class Page { [GuestWritable] public byte* Start; } public unsafe class C { Page _page = new(); static void Use(uint n) { } public void F() { if (_page.Start[3] > 64) return; Use({|VPIO2007:_page.Start[3]|}); } }
            """),
        ("two copies of the same bytes", """
            public class C { static void Use(uint n) { } public void F([GuestWritable] ReadOnlySpan<byte> g) { Span<byte> a = stackalloc byte[64], b = stackalloc byte[64]; g.Slice(0, 64).CopyTo(a); if (a[0] > 60) return; {|VPIO2007:g.Slice(0, 64).CopyTo(b)|}; Use(b[0]); } }
            """),
        ("ToArray twice", """
            public class C { static void Use(uint n) { } public void F([GuestWritable] ReadOnlySpan<byte> g) { byte[] a = g.ToArray(); if (a[0] > 60) return; byte[] b = {|VPIO2007:g.ToArray()|}; Use(b[0]); } }
            """),
        ("body with a warning in it", """
            public struct Args { public uint Length; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] in Args a)
            {
            #warning later
            if (a.Length > 64) return; Use({|VPIO2007:a.Length|}); } }
            """),
    ];

    private static readonly (string Form, string Source)[] Right =
    [
        ("struct with auto-properties: two properties are two places", """
            public struct Args { public uint Length { get; set; } public uint Kind { get; set; } }
            public class C { static void Use(uint n) { } public void F([GuestWritable] in Args a) { if (a.Kind > 3) return; Use(a.Length); } }
            """),
        ("property pattern of another field", """
            public struct Args { public uint Length, Kind; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] in Args a) { if (a is not { Kind: 1 }) return; Use(a.Length); } }
            """),
        ("inline array, other index", """
            [InlineArray(4)] public struct Four { private uint _e; }
            public struct Args { public Four Lens; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] in Args a) { if (a.Lens[0] > 64) return; Use(a.Lens[1]); } }
            """),
        ("test then compare-and-exchange: the right way", """
            public class C { public bool F([GuestWritable] ref uint w) { uint seen = Volatile.Read(ref w); if ((seen & 1) != 0) return false; return Interlocked.CompareExchange(ref w, seen | 1, seen) == seen; } }
            """),
        ("compare-and-exchange loop, the right way", """
            public class C { public void F([GuestWritable] ref uint w) { uint seen = Volatile.Read(ref w); while (true) { if (seen == 7) return; uint was = Interlocked.CompareExchange(ref w, seen + 1, seen); if (was == seen) return; seen = was; } } }
            """),
        ("test then set a bit, nothing of the result used", """
            public class C { public void F([GuestWritable] ref uint w) { if ((Volatile.Read(ref w) & 1) == 0) Interlocked.Or(ref w, 1); } }
            """),
        ("version word read before and after", """
            public struct Time { public uint Version; public ulong Tsc; }
            public class C { public ulong F([GuestWritable] ref Time t) { uint v; ulong tsc; do { v = Volatile.Read(ref t.Version); tsc = Volatile.Read(ref t.Tsc); } while (v != Volatile.Read(ref t.Version)); return tsc; } }
            """),
        ("deconstruction, only one tested", """
            public struct Args { public uint Length, Kind; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] in Args a) { (uint n, uint k) = (a.Length, a.Kind); if (n > 64) return; Use(a.Kind); Use(k); } }
            """),
        ("test in a loop condition then use after", """
            public struct R { public uint Prod, Cons; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] ref R r) { uint c = 0; while (c != r.Prod) { Use(c); c++; } } public void G([GuestWritable] ref R r) { for (uint c = r.Cons; c != r.Prod; c++) Use(c); } }
            """),
        ("Xen consumer: prod read once, cons written", """
            public struct R { public uint Prod, Cons; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] ref R r) { uint prod = Volatile.Read(ref r.Prod), cons = r.Cons; if (prod - cons > 32) return; while (cons != prod) Use(cons++); Volatile.Write(ref r.Cons, cons); } }
            """),
        ("goto retry is a new look", """
            public struct R { public uint Prod; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] ref R r) { again: if (r.Prod == 0) goto again; Use(1); } }
            """),
        ("lookup by array index is a use after an implicit test", """
            public struct R { public uint Prod; }
            public class C { int[] _t = new int[4]; static void Use(object n) { } public void F([GuestWritable] ref R r) { int x = _t[r.Prod]; Use(x); } }
            """),
        ("stackalloc copy then used", """
            public class C { static void Use(uint n) { } public void F([GuestWritable] ReadOnlySpan<byte> g) { Span<byte> mine = stackalloc byte[64]; g[..64].CopyTo(mine); if (mine[0] > 60) return; Use(mine[0]); } }
            """),
        ("lock of System.Threading.Lock", """
            public struct R { public uint Prod; }
            public class C { readonly Lock _l = new(); static void Use(uint n) { } public void F([GuestWritable] ref R r) { if (r.Prod == 0) return; lock (_l) { if (r.Prod == 0) return; Use(1); } } public void G([GuestWritable] ref R r) { if (r.Prod == 0) return; using (_l.EnterScope()) { if (r.Prod == 0) return; Use(1); } } }
            """),
        ("written by oneself in between", """
            public struct R { public uint Status; }
            public class C { static void Use(uint n) { } public void F([GuestWritable] ref R r) { if (r.Status != 0) return; r.Status = 7; Use(r.Status); } }
            """),
    ];

    private static IEnumerable<TestCaseData> LateForms => Late.Select(form => new TestCaseData(form.Source).SetArgDisplayNames(form.Form));

    private static IEnumerable<TestCaseData> RightForms => Right.Select(form => new TestCaseData(form.Source).SetArgDisplayNames(form.Form));

    [TestCaseSource(nameof(LateForms))]
    public Task ASecondReadIsReportedInThisForm(string source) => Check(source);

    [TestCaseSource(nameof(RightForms))]
    public Task WhatIsRightIsSilentInThisForm(string source) => Check(source);

    private static Task Check(string source) => MemoryCase.File($"#pragma warning disable CS0626, CS0649, CS0169, CS8618\n{source}\n");
}
