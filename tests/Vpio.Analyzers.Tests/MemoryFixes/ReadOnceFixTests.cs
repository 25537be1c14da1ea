using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.MemoryFixes;

/// <summary>The fix that reads guest-writable memory once: two reads become one where nothing comes between them, and no other read is touched.</summary>
internal sealed class ReadOnceFixTests
{
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

    [TestCase("if (limit < args.Length)\n    return;", "var length = args.Length;\nif (limit < length)\n    return;")]
    [TestCase("if (data.Length - 1 < (int)args.Length)\n    return;", "var length = args.Length;\nif (data.Length - 1 < (int)length)\n    return;")]
    [TestCase("bool isLong = args.Length > 64;\nif (isLong)\n    return;", "var length = args.Length;\nbool isLong = length > 64;\nif (isLong)\n    return;")]
    [TestCase("if (args.Length > 64)\n    throw new ArgumentException($\"{limit}\");", "var length = args.Length;\nif (length > 64)\n    throw new ArgumentException($\"{limit}\");")]
    [TestCase("if (args.Length > 64)\n    return;\ni++;", "var length = args.Length;\nif (length > 64)\n    return;\ni++;")]
    [TestCase("switch (args.Length)\n{\n    case 0: return;\n}", "var length = args.Length;\nswitch (length)\n{\n    case 0: return;\n}")]
    [TestCase("ulong count = args.Length;\nif (count > 64)\n    return;", "var length = args.Length;\nulong count = length;\nif (count > 64)\n    return;")]
    public Task WhatAStatementReadsFirstIsReadBeforeIt(string before, string after) => MemoryFixCase.File<ReadOnce>(
        Door($"{before}\nUse({{|VPIO2007:args.Length|}});"),
        Door($"{after}\nUse(length);"));

    [Test]
    public Task OtherReadsAndWritesOfThePlaceStay() => MemoryFixCase.File<ReadOnce>(
        Door("""
            if (args.Length > 64)
                return;
            Use({|VPIO2007:args.Length|});
            args.Length = 5;
            Thread.Sleep(1);
            while (args.Length == 0) Use(1);
        """),
        Door("""
            var length = args.Length;
            if (length > 64)
                return;
            Use(length);
            args.Length = 5;
            Thread.Sleep(1);
            while (args.Length == 0) Use(1);
        """));

    [TestCase("while (args.Length > 64) Use(1);\nUse({|VPIO2007:args.Length|});")]
    [TestCase("for (; args.Length > 64;) Use(1);\nUse({|VPIO2007:args.Length|});")]
    [TestCase("if (args.Length > 64) return;\nwhile ({|VPIO2007:args.Length|} == 0) Use(1);")]
    [TestCase("if (args.Length > 64) return;\nfor (int n = 0; n < 2; n++) Use({|VPIO2007:args.Length|});")]
    [TestCase("do { if (args.Length > 64) return; } while ({|VPIO2007:args.Length|} == 0);")]
    public Task ALoopThatLooksIsLeftAlone(string statements) => MemoryFixCase.NotOffered<ReadOnce>(Door(statements));

    [TestCase("if (p == null || p->Length > 64) return;\nUse({|VPIO2007:p->Length|});")]
    [TestCase("if (i < data.Length && data[i] < 64) Use({|VPIO2007:data[i]|});")]
    [TestCase("if (box != null && box.Args.Length < 64) Use({|VPIO2007:box.Args.Length|});")]
    [TestCase("if (thing is Box b && b.Args.Length < 64) Use({|VPIO2007:b.Args.Length|});")]
    [TestCase("if (Refresh() && args.Length < 64) Use({|VPIO2007:args.Length|});")]
    [TestCase("if (Refresh() & args.Length < 64) Use({|VPIO2007:args.Length|});")]
    [TestCase("if (TryNext(out int n) & data[n] < 64) Use({|VPIO2007:data[n]|});")]
    [TestCase("if (limit++ < args.Length) Use({|VPIO2007:args.Length|});")]
    [TestCase("if (Bigger(Refresh(), args.Length)) Use({|VPIO2007:args.Length|});")]
    [TestCase("bool isLong = Refresh() ? args.Length > 64 : false;\nif (isLong) Use({|VPIO2007:args.Length|});")]
    public Task AGuardIsNotPassed(string statements) => MemoryFixCase.NotOffered<ReadOnce>(Door(statements));

    [TestCase("if (data[i] > 64) return;\nif (limit > 3) i++;\nUse({|VPIO2007:data[i]|});")]
    [TestCase("uint count = args.Length;\nif (count > 64) return;\ncount = 5;\nUse({|VPIO2007:args.Length|});")]
    [TestCase("if (args.Length > 64) return;\nref uint length = ref args.Length;\nlength = 3;\nUse({|VPIO2007:args.Length|});")]
    [TestCase("if (p->Length > 64) return;\nClear(p);\nUse({|VPIO2007:p->Length|});")]
    [TestCase("if (_args.Length > 64) return;\nRefresh();\nUse({|VPIO2007:_args.Length|});")]
    [TestCase("if (args.Length > 64) return;\nVolatile.Write(ref _ready, true);\nUse({|VPIO2007:args.Length|});")]
    [TestCase("again:\nif (args.Length > 64) return;\nUse({|VPIO2007:args.Length|});\ngoto again;")]
    public Task WhatMayHaveChangedIsReadAgain(string statements) => MemoryFixCase.NotOffered<ReadOnce>(Door(statements));

    [TestCase("if (args.Length > 64) return;\n{|VPIO2007:args.Length|}++;")]
    [TestCase("if (args.Length > 64) return;\n{|VPIO2007:args.Length|} += 3;")]
    [TestCase("if (args.Length > 64) return;\nSee(in {|VPIO2007:args.Length|});")]
    [TestCase("if (args.Length > 64) return;\nSee({|VPIO2007:args.Length|});")]
    [TestCase("Action<Args[]> later = static all => { };\nArgs copy = args;\nif (copy.Length > 64) return;\nUse({|VPIO2007:args.Length|});")]
    public Task WhatIsNoReadOfTheSameValueIsLeftAlone(string statements) => MemoryFixCase.NotOffered<ReadOnce>(Door(statements));

    [Test]
    public Task ALambdaIsLeftAlone() => MemoryFixCase.NotOffered<ReadOnce>("""
        public class Door
        {
            [GuestWritable] private uint _length;

            public Func<uint> Run() => () => _length > 64 ? 0 : {|VPIO2007:_length|};
        }
        """);

    private static string Door(string statements) => $$"""
        public struct Args { public uint Length; }

        public class Box { [GuestWritable] public Args Args; }

        public unsafe class Door
        {
            [GuestWritable] private Args _args;
            private bool _ready;

            private static void Use(uint value) { }
            private static void See(in uint value) { }
            private static void Clear(Args* args) => *args = default;
            private static bool Bigger(bool isNew, uint value) => isNew && value > 3;
            private static bool TryNext(out int next) { next = 1; return true; }
            private bool Refresh() => _ready;

            public void Run([GuestWritable] ref Args args, [GuestWritable] ReadOnlySpan<byte> data, [GuestWritable] Args* p, Box box, object thing, int i, int limit)
            {
        {{string.Join('\n', statements.Split('\n').Select(line => line.StartsWith("    ", StringComparison.Ordinal) && statements.StartsWith("    ", StringComparison.Ordinal) ? $"    {line}" : $"        {line}"))}}
            }
        }
        """;
}
