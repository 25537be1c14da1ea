namespace Vpio.Analyzers.Tests.Robustness;

/// <summary>Expressions in every form that the language has.</summary>
internal sealed class ExpressionFormTests
{
    [Test]
    public Task DynamicCallsAreUnknownAndNoHarm() => OwnershipCase.Members("""
        public void Send(dynamic something)
        {
            nic.Grab();
            something.Send(nic, 1);
            something[0] = nic.Read(0);
            uint word = something.Word;
            nic.Write(0, word);
            nic.Release();
        }
        """);

    [Test]
    public Task QueriesRunLater() => OwnershipCase.Members("""
        public IEnumerable<uint> Words(int[] offsets)
        {
            nic.Grab();
            var words = from at in offsets
                        where at > 0
                        select {|VPIO1001:nic.Read(at)|};
            nic.Release();
            return words;
        }
        """);

    [Test]
    public Task CollectionExpressionsHoldDevices() => OwnershipCase.Members("""
        public void Send()
        {
            Nic[] all = [nic, other, .. nics];
            foreach (Nic card in all)
            {
                card.Grab();
                card.Write(0, 1);
                card.Release();
            }
            List<uint> words = [{|VPIO1001:nic.Read(0)|}];
        }
        """);

    [Test]
    public Task ParamsSpansTakeDevices() => OwnershipCase.Members("""
        public static void All(params ReadOnlySpan<Nic> cards)
        {
            foreach (Nic card in cards)
            {
                card.Grab();
                card.Release();
            }
        }

        public void Send() => All(nic, other);
        """);

    [Test]
    public Task ObjectInitializersAndWithAreFollowed() => OwnershipCase.Members("""
        public sealed record Request
        {
            public Nic? Card { get; init; }
            public uint Length { get; set; }
        }

        public void Send()
        {
            Request request = new() { Card = nic, Length = {|VPIO1001:nic.Read(0)|} };
            Request twin = request with { Length = 4 };
            var anonymous = new { twin.Card, request.Length };
        }
        """);

    [Test]
    public Task ConditionalAccessChainsAreFollowed() => OwnershipCase.Members("""
        public void Send(Link? link)
        {
            link?.Nic.Grab();
            link?.Nic.Write(0, 1);
            link?.Nic.Release();
            uint? status = {|VPIO1003:link?.Nic.Read(0)|};
        }
        """);

    [Test]
    public Task RangesIndexesAndInterpolationsAreNoHarm() => OwnershipCase.Members("""
        public string Send()
        {
            nic.Grab();
            string text = $"{nic.Read(0):x8} {nics[1..].Length,4}";
            nic.Release();
            return text;
        }
        """);

    [Test]
    public Task DefaultNameofTypeofAndSizeofAreNoTouches() => OwnershipCase.Members("""
        public object? Tell()
        {
            Nic? none = default;
            _ = nameof(nic.Registers) + typeof(Nic).Name + sizeof(uint);
            return none;
        }
        """);

    [Test]
    public Task NullableValuesAndCoalescingAssignmentsAreFollowed() => OwnershipCase.Members("""
        public void Send(Nic? spare, uint? word)
        {
            spare ??= nic;
            spare.Grab();
            spare.Write(0, word ?? 0);
            spare.Release();
            {|VPIO1003:spare.Write(0, word!.Value)|};
        }
        """);

    [Test]
    public Task ThrowExpressionsEndTheWay() => OwnershipCase.Members("""
        public void Send(Nic? spare)
        {
            Nic card = spare ?? throw new ArgumentNullException(nameof(spare));
            card.Grab();
            uint word = card.Read(0) is > 0 and var read ? read : throw new IOException();
            card.Release();
            {|VPIO1003:card.Write(0, word)|};
        }
        """);

    [Test]
    public Task ActionsOfActionsAreNoHarm() => OwnershipCase.Members("""
        public Func<Func<Action>> Nested() => () => () => () => {|VPIO1001:nic.Write(0, 1)|};

        public void Recursive()
        {
            Action? self = null;
            self = () => { self?.Invoke(); };
            self();
            void Local() => Local();
            Local();
        }
        """);
}
