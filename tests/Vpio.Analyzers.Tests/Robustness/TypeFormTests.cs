using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests.Robustness;

/// <summary>Types in every form that the language has: members are found in all of them.</summary>
internal sealed class TypeFormTests
{
    [Test]
    public Task ATypeInTwoFilesIsOneType()
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = OwnershipCase.Prepare("""
            public sealed partial class Session(Nic nic)
            {
                public void Send() => {|VPIO1017:Post()|};
                public partial void Restart();
            }
            """);
        test.TestState.Sources.Add(("More.cs", """
            public sealed partial class Session
            {
                private void Post() => nic.Write(0, 1);
                public void Right() { nic.Grab(); Post(); nic.Release(); }
                public partial void Restart() => {|VPIO1001:nic.Write(0, 0)|};
            }
            """));
        return test.RunAsync();
    }

    [Test]
    public Task TopLevelStatementsAreAMember()
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = OwnershipCase.Prepare("""
            {|VPIO1001:Shelf.Spare.Write(0, 1)|};
            Shelf.Spare.Grab();
            Post();
            Shelf.Spare.Release();
            {|VPIO1017:Post()|};
            return args.Length;

            void Post() => Shelf.Spare.Write(0, 1);
            """);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        return test.RunAsync();
    }

    [Test]
    public Task ARecordHasMembers() => OwnershipCase.File("""
        public sealed record Request(Nic Card, int Length)
        {
            public uint Status => {|VPIO1001:Card.Read(0)|};
            public uint First { get; init; } = {|VPIO1001:Shelf.Spare.Read(0)|};
            public void Send() { Card.Grab(); Card.Write(0, (uint)Length); Card.Release(); }
        }

        public readonly record struct Slot(Nic Card)
        {
            public void Clear() => {|VPIO1001:Card.Write(0, 0)|};
        }
        """);

    [Test]
    public Task APrimaryConstructorsParameterIsADevice() => OwnershipCase.File("""
        public class Session(Nic card)
        {
            public void Send() => {|VPIO1001:card.Write(0, 1)|};
            public void Right() { card.Grab(); card.Write(0, 1); card.Release(); }
        }

        public sealed class Derived(Nic card) : Session(card)
        {
            private readonly uint status = {|VPIO1001:card.Read(0)|};
            public uint Status => status;
        }
        """);

    [Test]
    public Task ConstructorsInitializersAndFinalizersAreMembers() => OwnershipCase.File("""
        public sealed class Session
        {
            private static readonly uint First = {|VPIO1001:Shelf.Spare.Read(0)|};
            private readonly Nic card = new();
            static Session() => {|VPIO1006:Shelf.Spare.Release()|};
            public Session() { {|VPIO1001:card.Write(0, 1)|}; }
            public Session(Nic other) : this() { other.Grab(); other.Release(); }
            ~Session() => {|VPIO1006:Shelf.Spare.Release()|};
            public uint Get() => First;
        }
        """);

    [Test]
    public Task NestedTypesAreTypesOfTheirOwn() => OwnershipCase.File("""
        public sealed class Outer
        {
            private readonly Nic card = new();

            public struct Inner
            {
                public void Send(Outer outer) => {|VPIO1001:outer.card.Write(0, 1)|};
            }

            private static class Deep
            {
                public sealed class Deeper
                {
                    public static void Send(Nic card) { card.Grab(); card.Write(0, 1); card.Release(); }
                }
            }
        }
        """);

    [Test]
    public Task GenericTypesAndMembersAreAnalysed() => OwnershipCase.File("""
        public sealed class Pool<T>(T card) where T : class
        {
            public void Send(Dictionary<T, Nic> byCard)
            {
                Nic picked = byCard[card];
                picked.Grab();
                picked.Write(0, 1);
                picked.Release();
            }

            public void Use<TOther>(Nic nic, TOther value) where TOther : unmanaged => {|VPIO1001:nic.Write(0, 1)|};
        }
        """);

    [Test]
    public Task ARefStructMayCarryADevice() => OwnershipCase.File("""
        public readonly ref struct Frame(Nic card, Span<uint> words)
        {
            private readonly Nic card = card;
            private readonly Span<uint> words = words;

            public void Send()
            {
                card.Grab();
                foreach (uint word in words)
                    card.Write(0, word);
                card.Release();
            }

            public void Blind() => {|VPIO1001:card.Write(0, words[0])|};
        }
        """);

    [Test]
    public Task AnAliasOfATypeIsTheType() => OwnershipCase.File("""
        using Card = Nic;
        using Pair = (Nic First, Nic Second);

        public static class Sender
        {
            public static void Send(Card card) => {|VPIO1001:card.Write(0, 1)|};

            public static void Both(Pair pair)
            {
                pair.First.Grab();
                pair.First.Write(0, 1);
                pair.First.Release();
            }
        }
        """);

    [Test]
    public Task AnEnumADelegateAndAnEmptyTypeAreNoHarm() => OwnershipCase.File("""
        public enum Kind { None, Some }
        public delegate void Handler(Nic card, Kind kind);
        public interface INothing;
        public class Nothing;
        public struct Void { }
        namespace Deep.Down { public static class Sender { public static void Send(Nic card) => {|VPIO1001:card.Write(0, 1)|}; } }
        """);
}
