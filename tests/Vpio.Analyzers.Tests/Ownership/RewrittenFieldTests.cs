namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>A private field that another member may write is another device after a call, in whatever way it is written.</summary>
internal sealed class RewrittenFieldTests
{
    [TestCase("card = spare;")]
    [TestCase("card/* from now on */= spare;")]
    [TestCase("(card, spare) = (spare, card);")]
    [TestCase("ref Nic slot = ref card; slot = spare;")]
    [TestCase("Interlocked.Exchange(ref card, spare);")]
    [TestCase("card ??= spare;")]
    public Task AFieldThatIsWrittenIsAnotherDeviceAfterACall(string write) => OwnershipCase.Members($$"""
        private Nic card = new(), spare = new();

        public void Send()
        {
            {|VPIO1008:card.Grab()|};
            Change();
            {|VPIO1022:card.Write(0, 1)|};
        }

        public void Change()
        {
            {{write}}
        }
        """);

    [TestCase("rounds++;")]
    [TestCase("++rounds;")]
    [TestCase("rounds += 2;")]
    [TestCase("rounds <<= 1;")]
    public Task AConditionThatIsWrittenTellsNothingAfterACall(string write) => OwnershipCase.Members($$"""
        private int rounds;

        public void Send()
        {
            if (rounds == 1)
                {|VPIO1009:nic.Grab()|};
            Count();
            if (rounds == 1)
                {|VPIO1007:nic.Release()|};
        }

        public void Count()
        {
            {{write}}
        }
        """);

    [Test]
    public Task AFieldThatIsOnlyReadStaysTheDevice() => OwnershipCase.Members("""
        private Nic card = new();

        public void Send()
        {
            card.Grab();
            Look();
            card.Write(0, 1);
            card.Release();
        }

        public void Look() => Show(card);
        """);
}
