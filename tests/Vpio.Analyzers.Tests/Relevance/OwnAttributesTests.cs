namespace Vpio.Analyzers.Tests.Relevance;

/// <summary>Assemblies that have the attributes as source of their own, beside those that refer to them.</summary>
internal sealed class OwnAttributesTests
{
    private const string Attributes = """
        namespace Vpio.Abi.Ownership
        {
            [AttributeUsage(AttributeTargets.Method)] internal sealed class RequiresHeldAttribute : Attribute;
        }

        """;

    [Test]
    public Task ALibraryWithItsOwnIsUnderstoodAndTheOthersAre() => LibraryCase.Check(
        Attributes + "public class Card { [Vpio.Abi.Ownership.RequiresHeld] public extern void Draw(); }",
        """
        public class Pad
        {
            [RequiresHeld] public extern void Press();
        }

        public class Driver
        {
            public void Send(Card card, Pad pad)
            {
                {|VPIO1001:card.Draw()|};
                {|VPIO1001:pad.Press()|};
            }
        }
        """);

    [Test]
    public Task ALibraryThatRefersToThemIsUnderstoodWhereTheProjectHasItsOwn() => LibraryCase.Check(
        "public class Card { [RequiresHeld] public extern void Draw(); }",
        "#pragma warning disable CS0436\n" + Attributes,
        """
        public class Driver
        {
            public void Send(Card card) => {|VPIO1001:card.Draw()|};
        }
        """);
}
