namespace Vpio.Analyzers.Tests.Relevance;

/// <summary>Code in which no name of a device stands is looked at all the same, where it can touch one.</summary>
internal sealed class UnnamedDeviceTests
{
    private const string Library = """
        public class Card
        {
            [Acquires] public extern void Grab();
            [Releases, NoThrow] public extern void Release();
            [RequiresHeld, System.Runtime.CompilerServices.IndexerName("Register")] public extern uint this[int offset] { get; set; }
        }

        public static class Rack
        {
            public static readonly Card First = new();
            public static extern Card At(int slot);
        }
        """;

    [Test]
    public Task ARegisterOfWhatACallReturns() => LibraryCase.Check(Library, """
        public class Driver
        {
            public void Send() => {|VPIO1001:Rack.At(2)[0]|} = 1;
        }
        """);

    [Test]
    public Task ARegisterBehindAComment() => LibraryCase.Check(Library, """
        public class Driver
        {
            public void Send() => {|VPIO1001:Rack.First/* the doorbell */[0]|} = 1;
        }
        """);

    [Test]
    public Task ADelegateOfALibrary() => LibraryCase.Check(
        """
        public class Card;
        [RequiresHeld(nameof(card))] public delegate void Hook(Card card);
        public class Slot
        {
            public Card Held = new();
            public required Hook OnIdle;
        }
        """,
        """
        public class Driver
        {
            public void Send(Slot slot) => {|VPIO1017:slot.OnIdle(slot.Held)|};
        }
        """);

    [Test]
    public Task ADelegateOfTheContractFile() => LibraryCase.CheckWithContracts(
        """
        namespace Vendor;
        public class Card;
        public delegate void Hook(Card card);
        public class Slot
        {
            public Card Held = new();
            public required Hook OnIdle;
        }
        """,
        """T:Vendor.Hook RequiresHeld("card")""",
        """
        using Vendor;

        public class Driver
        {
            public void Send(Slot slot) => {|VPIO1017:slot.OnIdle(slot.Held)|};
        }
        """);

    [Test]
    public Task AConstructorOfTheContractFile() => LibraryCase.CheckWithContracts(
        """
        namespace Vendor;
        public class Card;
        public class Mixer(Card card)
        {
            public Card Card => card;
        }
        """,
        """M:Vendor.Mixer.#ctor(Vendor.Card) RequiresHeld("card")""",
        """
        public class Driver
        {
            public object Make(Vendor.Card mine) => {|VPIO1017:new Vendor.Mixer(mine)|};
        }
        """);

    [Test]
    public Task AnIndexerOfTheContractFile() => LibraryCase.CheckWithContracts(
        """
        namespace Vendor;
        public class Box
        {
            [System.Runtime.CompilerServices.IndexerName("Register")] public extern uint this[int offset] { get; set; }
        }

        public static class Rack
        {
            public static extern Box At(int slot);
        }
        """,
        "P:Vendor.Box.Register(System.Int32) RequiresHeld",
        """
        using Vendor;

        public class Driver
        {
            public void Send() => {|VPIO1001:Rack.At(1)[0]|} = 1;
        }
        """);

    [Test]
    public Task APrimaryConstructorThatIsCalledWithoutItsType() => LibraryCase.Check(
        Library,
        """
        public class Mixer([RequiresHeld] Card card)
        {
            public Card Card => card;
        }

        public static class Shelf
        {
            public static void Put(Mixer mixer) => GC.KeepAlive(mixer);
        }
        """,
        """
        public class Driver
        {
            public void Send() => Shelf.Put(new({|VPIO1017:Rack.First|}));
        }
        """);

    [Test]
    public Task ATypeUnderAnotherName() => LibraryCase.Check(
        """
        public class Card;
        public class Mixer([RequiresHeld] Card card)
        {
            public Card Card => card;
        }

        public static class Rack
        {
            public static readonly Card First = new();
        }
        """,
        "global using Board = Mixer;",
        """
        namespace Inner
        {
            using Panel = Board;

            public class Driver
            {
                public object Make() => new Panel({|VPIO1017:Rack.First|});
            }
        }
        """);

    [Test]
    public Task APrivateMemberThatIsCalledByAnEscapedName() => LibraryCase.Check(Library, """
        public class Driver
        {
            private readonly Card card = new();

            public void Send()
            {
                card.Grab();
                try
                {
                    Wai\u0074();
                }
                finally
                {
                    card.Release();
                }
            }

            private void Wait()
            {
                {|VPIO1023:while|} (Environment.TickCount > 0)
                    GC.KeepAlive(this);
            }
        }
        """);
}
