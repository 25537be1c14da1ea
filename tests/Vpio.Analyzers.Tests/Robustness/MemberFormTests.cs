namespace Vpio.Analyzers.Tests.Robustness;

/// <summary>Members in every form that the language has: each is entered with nothing held.</summary>
internal sealed class MemberFormTests
{
    [Test]
    public Task AccessorsOfPropertiesAreMembers() => OwnershipCase.Members("""
        public uint Status
        {
            get
            {
                {|VPIO1001:nic.Write(0, 1)|};
                return 1;
            }
            set
            {
                nic.Grab();
                nic.Write(0, value);
                nic.Release();
            }
        }

        public uint Once { get; init; }
        public uint Field { get => field; set { {|VPIO1001:nic.Write(0, value)|}; field = value; } }
        """);

    [Test]
    public Task AccessorsOfIndexersAreMembers() => OwnershipCase.Members("""
        public uint this[int at]
        {
            get => {|VPIO1001:nic.Read(at)|};
            set { nic.Grab(); nic[at] = value; nic.Release(); }
        }

        public ref uint this[string name] => throw new NotSupportedException(name);
        """);

    [Test]
    public Task AccessorsOfEventsAreMembers() => OwnershipCase.Members("""
        public event Action Drained
        {
            add { {|VPIO1001:nic.Write(0, 1)|}; }
            remove { nic.Grab(); nic.Write(0, 0); nic.Release(); }
        }
        """);

    [Test]
    public Task OperatorsAndConversionsAreMembers() => OwnershipCase.Members("""
        public static Driver operator +(Driver driver, int value)
        {
            {|VPIO1001:driver.nic.Write(0, (uint)value)|};
            return driver;
        }

        public static bool operator true(Driver driver) => {|VPIO1001:driver.nic.Read(0)|} != 0;
        public static bool operator false(Driver driver) => false;
        public static explicit operator uint(Driver driver) => {|VPIO1001:driver.nic.Read(4)|};
        """);

    [Test]
    public Task ExtensionMethodsCarryContracts() => OwnershipCase.File("""
        public static class NicExtensions
        {
            [RequiresHeld(nameof(card))] public static void Clear(this Nic card) => card.Write(0, 0);
            public static void Blind(this Nic card) => {|VPIO1001:card.Write(0, 0)|};

            public static void Use(Nic card)
            {
                {|VPIO1017:card.Clear()|};
                card.Grab();
                card.Clear();
                NicExtensions.Clear(card);
                card.Release();
            }
        }
        """);

    [Test]
    public Task ExtensionBlocksAreMembers() => OwnershipCase.File("""
        public static class NicExtensions
        {
            extension(Nic card)
            {
                public void Blind() => {|VPIO1001:card.Write(0, 0)|};
            }

            public static void Use(Nic card)
            {
                card.Grab();
                card.Blind();
                card.Release();
                {|VPIO1006:card.Release()|};
            }
        }
        """);

    [Test]
    public Task OptionalNamedAndParamsArgumentsReachTheirParameters() => OwnershipCase.Members("""
        [RequiresHeld(nameof(card))] public static void Post(int length = 60, Nic card = null!, params int[] more) => card.Write(0, (uint)length);

        public void Send()
        {
            {|VPIO1017:Post(card: nic, length: 4)|};
            nic.Grab();
            Post(4, nic, 1, 2, 3);
            Post(card: nic);
            nic.Release();
        }
        """);

    [Test]
    public Task RefReturnsAndInParametersAreNoHarm() => OwnershipCase.Members("""
        public ref Nic Pick(bool second) => ref current;

        public void Send(in Nic card, ref readonly Nic twin, out uint status)
        {
            ref Nic picked = ref Pick(true);
            picked.Grab();
            picked.Write(0, 1);
            picked.Release();
            card.Grab();
            status = card.Read(0);
            card.Release();
            twin.Grab();
            twin.Release();
        }
        """);

    [Test]
    public Task ExternAbstractAndPartialMembersHaveNoBody() => OwnershipCase.File("""
        #pragma warning disable CS0626
        public abstract partial class Port
        {
            protected readonly Nic nic = new();
            [RequiresHeld(nameof(nic))] public abstract void Go();
            [Acquires(nameof(nic))] public extern void Begin();
            partial void Trace();
            public void Send() { Trace(); {|VPIO1017:Go()|}; }
        }
        """);

    [Test]
    public Task IteratorsAndAsyncIteratorsAreMembers() => OwnershipCase.Members("""
        public IEnumerator<int> Numbers()
        {
            {|VPIO1001:nic.Write(0, 1)|};
            yield return 1;
        }

        public async IAsyncEnumerable<uint> Words()
        {
            await Later();
            yield return {|VPIO1001:nic.Read(0)|};
        }
        """);
}
