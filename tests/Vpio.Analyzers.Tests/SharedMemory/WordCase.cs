namespace Vpio.Analyzers.Tests.SharedMemory;

/// <summary>Checks code that deals with the shared words of a slot, of which it gets a reference, a read-only reference, a pointer and an array.</summary>
internal static class WordCase
{
    private const string Declarations = """
        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 16)]
        public struct Slot
        {
            [FieldOffset(0), SharedWord(typeof(Word))] public ulong State;
            [FieldOffset(8), SharedWord] public uint Waiters;
            [FieldOffset(12)] public uint Kind;
            public readonly uint Twice() => Kind * 2;
            public uint Counted() => Kind++;
        }

        [AbiStruct, StructLayout(LayoutKind.Explicit, Size = 32)]
        public struct Page
        {
            [FieldOffset(0)] public Slot First;
            [FieldOffset(16)] public Slot Second;
        }

        [WordFormat]
        public readonly struct Word
        {
            public const ulong Unused = 4;
            public Word(ulong value) => Value = value;
            public Word(byte state, ushort owner) : this(state | ((ulong)owner << 8)) { }
            public ulong Value { get; }
            public Word With(byte state) => new((Value & ~0xFFul) | state);
        }

        public static unsafe class Elsewhere
        {
            public static extern ref Slot Find(int index);
            public static extern ref readonly Slot Look(int index);
            public static extern Slot Copy(int index);
            public static extern void Careful([SharedWord] ref ulong word);
            public static extern void CarefulPointer([SharedWord] ulong* word);
            public static extern void Careless(ref ulong word);
            public static extern void Glance(in ulong word);
            public static extern void CarelessPointer(ulong* word);
            public static extern void Show(in Slot slot);
            public static extern void Take(Slot slot);
            public static extern ulong Exchange([SharedWord] ref ulong word, ulong value);
        }

        """;

    /// <summary>Checks members of a class, with marks.</summary>
    public static Task Members(string members) => MemoryCase.File($$"""
        #pragma warning disable CS0626, CS0649, CS0169, CS8618
        {{Declarations}}
        public unsafe class Code
        {
            private Page _page;
            private Slot[] _slots;
            [SharedWord] private ulong _word;
            [SharedWord] private readonly ulong[] _words = new ulong[4];
            public Code() { }

        {{members}}
        }
        """);

    /// <summary>Checks a statement in a method with everything at hand.</summary>
    public static Task Statement(string statement) => Members($$"""
            public void Run(ref Slot slot, in Slot seen, Slot* pointer, Slot value)
            {
                {{statement}}
            }
        """);
}
