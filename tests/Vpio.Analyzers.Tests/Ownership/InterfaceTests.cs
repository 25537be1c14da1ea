namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>Interfaces: their contracts bind who calls, and who implements.</summary>
internal sealed class InterfaceTests
{
    private const string Contract = """
        #pragma warning disable CS0626
        public interface IChannel
        {
            Nic Card { get; }
            void Go();
            [RequiresHeld(nameof(Card))] void Post();
            [Releases(nameof(Card))] void Finish();
        }

        """;

    [Test]
    public Task ACallThroughAnInterfaceIsHeldToIts() => OwnershipCase.File(Contract + """
        public static class Sender
        {
            public static void Send(IChannel channel) => {|VPIO1017:channel.Post()|};

            public static void Right(IChannel channel)
            {
                channel.Card.Grab();
                channel.Post();
                channel.Finish();
            }
        }
        """);

    [Test]
    public Task AnImplementationThatDemandsMoreIsReported() => OwnershipCase.File(Contract + """
        public sealed class Channel : IChannel
        {
            public Nic Card { get; } = new();
            [RequiresHeld(nameof(Card))] public void {|VPIO1025:Go|}() => Card.Write(0, 1);
            [RequiresHeld(nameof(Card))] public void Post() => Card.Write(0, 1);
            [Releases(nameof(Card))] public void Finish() => Card.Release();
        }
        """);

    [Test]
    public Task AnImplementationThatDropsAReleaseIsReported() => OwnershipCase.File(Contract + """
        public sealed class Channel : IChannel
        {
            public Nic Card { get; } = new();
            public void Go() { }
            public void Post() { }
            public void {|VPIO1025:Finish|}() { }
        }
        """);

    [Test]
    public Task AnExplicitImplementationIsComparedToo() => OwnershipCase.File(Contract + """
        public sealed class Channel : IChannel
        {
            public Nic Card { get; } = new();
            [RequiresHeld(nameof(Card))] void IChannel.{|VPIO1025:Go|}() => Card.Write(0, 1);
            void IChannel.Post() { }
            [Releases(nameof(Card))] void IChannel.Finish() => Card.Release();
        }
        """);

    [Test]
    public Task ADefaultBodyIsAnalysed() => OwnershipCase.File("""
        public interface IStarter
        {
            Nic Card { get; }
            void Start() => {|VPIO1001:Card.Write(0, 1)|};

            void Restart()
            {
                Card.Grab();
                Card.Write(0, 0);
                Card.Release();
            }
        }
        """);

    [Test]
    public Task AStaticAbstractMemberHasAContract() => OwnershipCase.File("""
        public interface IProtocol<TSelf> where TSelf : IProtocol<TSelf>
        {
            [RequiresHeld(nameof(card))] static abstract void Start(Nic card);
        }

        public static class Sender
        {
            public static void Send<T>(Nic card) where T : IProtocol<T> => {|VPIO1017:T.Start(card)|};

            public static void Right<T>(Nic card) where T : IProtocol<T>
            {
                card.Grab();
                T.Start(card);
                card.Release();
            }
        }
        """);

    [Test]
    public Task AnInterfaceMayBeTheDevice() => OwnershipCase.File("""
        public interface ICard
        {
            [Acquires] void Grab();
            [Releases] void Release();
            [RequiresHeld] void Write(uint value);
        }

        public static class Sender
        {
            public static void Send(ICard card) => {|VPIO1001:card.Write(1)|};

            public static void Right<T>(T card) where T : ICard
            {
                card.Grab();
                card.Write(1);
                card.Release();
            }
        }
        """);
}
