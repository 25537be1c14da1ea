namespace Vpio.Analyzers.Tests.SharedMemory;

/// <summary>VPIO2007: memory that a guest can write is not read again after it was tested.</summary>
internal sealed class DoubleFetchTests
{
    [TestCase("if (args.Length > 64) return; Use({|VPIO2007:args.Length|});")]
    [TestCase("if (args.Length <= 64) Use({|VPIO2007:args.Length|});")]
    [TestCase("uint n = args.Length; if (n > 64) return; Use({|VPIO2007:args.Length|});")]
    [TestCase("uint n = args.Length; uint m = n + 1; if (m > 64) return; Use({|VPIO2007:args.Length|});")]
    [TestCase("if (Volatile.Read(ref args.Length) > 64) return; Use(Volatile.Read(ref {|VPIO2007:args.Length|}));")]
    [TestCase("if (args.Length > 64) throw new Exception(); uint n = {|VPIO2007:args.Length|}; Use(n);")]
    [TestCase("if (args.Length > 64 || {|VPIO2007:args.Length|} == 0) return;")]
    [TestCase("if (args.Length > 64) return; else if ({|VPIO2007:args.Length|} == 0) return;")]
    [TestCase("Use(args.Length > 64 ? 64 : {|VPIO2007:args.Length|});")]
    [TestCase("Use(Math.Min(args.Length, 64u)); Use({|VPIO2007:args.Length|});")]
    [TestCase("ArgumentOutOfRangeException.ThrowIfGreaterThan(args.Length, 64u); Use({|VPIO2007:args.Length|});")]
    [TestCase("switch (args.Kind) { case 1: Use({|VPIO2007:args.Kind|}); break; }")]
    [TestCase("uint k = args.Kind switch { 1 => {|VPIO2007:args.Kind|}, _ => 0 }; Use(k);")]
    [TestCase("if (args.Kind is 1 or 2) Use({|VPIO2007:args.Kind|});")]
    [TestCase("if (args.Length > 64) return; for (int i = 0; i < {|VPIO2007:args.Length|}; i++) Use(1);")]
    [TestCase("if (args.Length > 64) return; try { Use(1); } finally { Use({|VPIO2007:args.Length|}); }")]
    [TestCase("try { if (args.Length > 64) return; } finally { Use({|VPIO2007:args.Length|}); }")]
    [TestCase("bool ok = args.Length <= 64; if (!ok) return; Use({|VPIO2007:args.Length|});")]
    [TestCase("if (!Fits(args.Length)) return; Use({|VPIO2007:args.Length|});")]
    [TestCase("if (!IsValid(in args)) return; Use({|VPIO2007:args.Length|});")]
    [TestCase("if (args.Inner.Size > 4) return; Inner copy = {|VPIO2007:args.Inner|};")]
    [TestCase("Args copy = args; if (copy.Length > 64) return; Use({|VPIO2007:args.Length|});")]
    [TestCase("ref Args same = ref args; if (same.Length > 64) return; Use({|VPIO2007:args.Length|});")]
    [TestCase("if (pointer->Length > 64) return; Use({|VPIO2007:pointer->Length|});")]
    [TestCase("if (pointer[1].Length > 64) return; Use({|VPIO2007:pointer[1].Length|});")]
    [TestCase("if (bytes[4] > 64) return; Use({|VPIO2007:bytes[4]|});")]
    [TestCase("if (_args->Length > 64) return; Use({|VPIO2007:_args->Length|});")]
    [TestCase("if (Fetch(8) > 64) return; Use({|VPIO2007:Fetch(8)|});")]
    [TestCase("if (Page.Length > 64) return; Use({|VPIO2007:Page.Length|});")]
    [TestCase("if (_marked.Length > 64) return; Use({|VPIO2007:_marked.Length|});")]
    [TestCase("Action a = () => { if (_args->Length > 64) return; Use({|VPIO2007:_args->Length|}); };")]
    [TestCase("void Local() { if (_args->Length > 64) return; Use({|VPIO2007:_args->Length|}); }")]
    public Task AReadAfterATestIsReported(string statements) => Check(statements);

    [TestCase("uint n = args.Length; if (n > 64) return; Use(n);")]
    [TestCase("Use(args.Length); Use(args.Length);")]
    [TestCase("Use(args.Length); if (args.Length > 64) return;")]
    [TestCase("if (args.Length > 64) return; Use(args.Kind);")]
    [TestCase("if (args.Inner.Size > 4) return; Use(args.Inner.Weight);")]
    [TestCase("if (args.Length > 64) Use(1); else Use(2);")]
    [TestCase("while (args.Length == 0) Use(1);")]
    [TestCase("do { Use(1); } while (args.Length == 0);")]
    [TestCase("for (int i = 0; i < args.Length; i++) Use(1);")]
    [TestCase("if (bytes[4] > 64) return; Use(bytes[5]);")]
    [TestCase("int i = 0; if (bytes[i] > 64) return; i++; Use(bytes[i]);")]
    [TestCase("if (pointer->Length > 64) return; pointer++; Use(pointer->Length);")]
    [TestCase("if (Fetch(8) > 64) return; Use(Fetch(12));")]
    [TestCase("Args copy = args; if (copy.Length > 64) return; Use(copy.Length);")]
    [TestCase("if (copied.Length > 64) return; Use(copied.Length);")]
    [TestCase("if (args.Length > 64) return; args.Length = 3;")]
    [TestCase("if (args.Length == 0) { Interlocked.MemoryBarrier(); if (args.Length == 0) Use(1); }")]
    [TestCase("if (args.Length == 0) { Thread.Sleep(1); Use(args.Length); }")]
    [TestCase("if (Unsafe.IsNullRef(ref args)) return; Use(args.Length);")]
    [TestCase("if (args.Length > 64) return; string s = nameof(args.Length);")]
    [TestCase("if (args.Length > 64) return; Reply(ref args);")]
    [TestCase("if (plain.Length > 64) return; Use(plain.Length);")]
    [TestCase("if (_own.Length > 64) return; Use(_own.Length);")]
    public Task CodeThatReadsOnceIsSilent(string statements) => Check(statements);

    [Test]
    public Task AnAsynchronousMethodLooksAnewAfterItsAwait() => MemoryCase.File("""
        public class Door
        {
            [GuestWritable] private readonly Box _box = new();
            public async Task Wait()
            {
                if (_box.Ask() == 0) return;
                await Task.Delay(1);
                if (_box.Ask() == 0) return;
                Console.Write({|VPIO2007:_box.Ask()|});
            }
        }

        public class Box { public uint Ask() => 1; }
        """);

    [Test]
    public Task ACopyThatIsMadeTwiceIsReported() => MemoryCase.File("""
        public class Port
        {
            [GuestWritable] public bool TryRead(ulong from, out uint value) { value = 1; return true; }

            public uint Run(ulong address)
            {
                if (!TryRead(address, out uint length) || length > 64)
                    return 0;
                return {|VPIO2007:TryRead(address, out uint again)|} ? again : 0;
            }

            public uint Well(ulong address)
            {
                if (!TryRead(address, out uint length) || length > 64)
                    return 0;
                return TryRead(address + 4, out uint flags) ? length + flags : 0;
            }
        }
        """);

    [Test]
    public Task TheMessageNamesTheFirstRead() => MemoryCase.Says(
        """
        public class Door
        {
            public uint Run([GuestWritable] in uint length) => {|#1:length|} > 64 ? 0 : {|#0:length|};
        }
        """,
        new Microsoft.CodeAnalysis.Testing.DiagnosticResult("VPIO2007", Microsoft.CodeAnalysis.DiagnosticSeverity.Error).WithLocation(0).WithLocation(1).WithMessage("'length' was read and tested before, and the guest can have changed it since: read it once into a local variable, test that and use that"));

    private static Task Check(string statements) => MemoryCase.File($$"""
        #pragma warning disable CS0626, CS0649, CS0169, CS8618
        public struct Inner { public uint Size; public uint Weight; }
        public struct Args { public uint Length; public uint Kind; public Inner Inner; }
        [GuestWritable] public struct Shared { public uint Length; }

        public unsafe class Door
        {
            [GuestWritable] private readonly Args* _args;
            private Shared _marked;
            private Args _own;
            [GuestWritable] private ref Args Page => ref *_args;
            [GuestWritable] private extern uint Fetch(int offset);
            private static extern void Use(uint value);
            private static extern bool Fits(uint value);
            private static extern bool IsValid(in Args args);
            private static extern void Reply(ref Args args);

            public void Run([GuestWritable] ref Args args, [GuestWritable] Args* pointer, [GuestWritable] Span<byte> bytes, Shared copied, ref Args plain)
            {
                {{statements}}
            }
        }
        """);
}
