using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>What the file of contracts says of answers: which means success, which that the device is held or wanted; and the attributes that are one word.</summary>
internal sealed class ContractFileAnswerTests
{
    private const string Library = """
        public readonly Card card = new();

        public enum Reply { Busy, Granted }

        public readonly struct Ticket { public extern bool Ok { get; } }

        public sealed class Card
        {
            public extern bool TryOpen();
            public extern bool TryOpen(Nic beside);
            public extern int Errno();
            public extern Reply Ask();
            public extern object? OpenOrNull();
            public extern Ticket Enter();
            public extern void Ask(out bool granted);
            public extern void Close();
            public extern bool TryClose();
            public extern void Write(int value);
            public extern void Park();
            public extern void Wait();
            public extern bool IsOpen { get; }
            public extern bool Looks { get; }
            public extern bool Wanted { get; }
        }

        """;

    private const string Touch = """
        M:Driver.Card.Close Releases
        M:Driver.Card.Close NoThrow
        M:Driver.Card.Write(System.Int32) RequiresHeld
        M:Driver.Card.Write(System.Int32) NoThrow

        """;

    [TestCase("TryOpen TryAcquires(true)", "card.TryOpen()")]
    [TestCase("TryOpen TryAcquires(false)", "!card.TryOpen()")]
    [TestCase("Errno TryAcquires(0)", "card.Errno() == 0")]
    [TestCase("Errno TryAcquires(-1)", "card.Errno() == -1")]
    [TestCase("Errno TryAcquires(Outcome.NonZero)", "card.Errno() != 0")]
    [TestCase("Ask TryAcquires(Reply.Granted)", "card.Ask() == Reply.Granted")]
    [TestCase("Ask TryAcquires(Granted)", "card.Ask() is Reply.Granted")]
    [TestCase("OpenOrNull TryAcquires(Outcome.NonNull)", "card.OpenOrNull() is not null")]
    [TestCase("OpenOrNull TryAcquires(Outcome.Null)", "card.OpenOrNull() is null")]
    [TestCase("Enter TryAcquires(\"Ok\")", "card.Enter().Ok")]
    public Task WhatMeansSuccessMayStandInTheFile(string line, string succeeded) => Check($"M:Driver.Card.{line}", $$"""
        public void Send()
        {
            if ({{succeeded}})
            {
                card.Write(1);
                card.Close();
                return;
            }

            {|VPIO1001:card.Write(2)|};
        }
        """);

    [Test]
    public Task AParameterMayTellOfSuccess() => Check("""M:Driver.Card.Ask(System.Boolean@) TryAcquires("granted")""", """
        public void Send()
        {
            card.Ask(out bool granted);
            if (granted)
            {
                card.Write(1);
                card.Close();
            }
            else
            {
                {|VPIO1001:card.Write(2)|};
            }
        }
        """);

    [Test]
    public Task WhatIsGrabbedMayBeNamed() => Check("""M:Driver.Card.TryOpen(Nic) TryAcquires(true, "beside")""", """
        public void Send()
        {
            if (card.TryOpen(nic))
            {
                nic.Write(0, 1);
                nic.Release();
            }

            if ({|VPIO1009:card.TryOpen(other)|} && flag)
                other.Release();
        }
        """);

    [Test]
    public Task AReleaseThatMayFailMayStandInTheFile() => Check("""
        M:Driver.Card.TryOpen TryAcquires(true)
        M:Driver.Card.TryClose ReleasesWhen(true)
        """, """
        public void Send()
        {
            if (!card.TryOpen())
                return;
            if (!card.TryClose())
                card.Close();
            else
                {|VPIO1003:card.Write(2)|};
        }
        """);

    [Test]
    public Task AProofAndAHintMayStandInTheFile() => Check("""
        P:Driver.Card.IsOpen HeldWhen(true)
        P:Driver.Card.Looks Hint
        """, """
        public void Send()
        {
            if (card.IsOpen)
                card.Write(1);
            else if (card.Looks)
                {|VPIO1012:card.Write(2)|};
        }
        """);

    [Test]
    public Task AStopAndWhatIsAllowedAfterItMayStandInTheFile() => Check("""
        M:Driver.Card.TryOpen TryAcquires(true)
        P:Driver.Card.Wanted RevokedWhen(true)
        P:Driver.Card.Wanted Polls
        M:Driver.Card.Park RequiresHeld
        M:Driver.Card.Park Quiesce
        M:Driver.Card.Park NoThrow
        """, """
        public void Send()
        {
            if (!card.TryOpen())
                return;
            while (!card.Wanted)
                card.Write(1);
            card.Park();
            {|VPIO1024:card.Write(2)|};
            card.Close();
        }
        """, "VPIO1023");

    [Test]
    public Task ALossMayStandInTheFile() => Check("""
        M:Driver.Card.TryOpen TryAcquires(true)
        M:Driver.Card.Wait MayRevoke
        M:Driver.Card.Wait NoThrow
        """, """
        public void Send()
        {
            if (!card.TryOpen())
                return;
            card.Wait();
            {|VPIO1024:card.Write(1)|};
            card.Close();
        }
        """, "VPIO1010");

    [Test]
    public Task WhatIsNotSaidToBeNoThrowMayThrow() => Check("M:Driver.Card.TryOpen TryAcquires(true)", """
        public void Send()
        {
            if (!{|VPIO1010:card.TryOpen()|})
                return;
            card.Wait();
            card.Close();
        }
        """, "VPIO1010");

    private static Task Check(string contracts, string members, params string[] enable)
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = OwnershipCase.Prepare(OwnershipCase.Wrap(Library + members), enable);
        test.TestState.AdditionalFiles.Add(("Vpio.Ownership.txt", Touch + contracts));
        return test.RunAsync();
    }
}
