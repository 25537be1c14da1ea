namespace Vpio.Analyzers.Tests.Ownership;

/// <summary>A variable is the device that it was given, wherever that came from.</summary>
internal sealed class VariableTests
{
    // Each is grabbed, written and given back through the variable, then touched once more.
    [TestCase("Nic card = Find(0);")]
    [TestCase("Nic card = all[^1];")]
    [TestCase("Nic card = all.First();")]
    [TestCase("Nic card = Activator.CreateInstance<Nic>();")]
    [TestCase("Nic card = Volatile.Read(ref current);")]
    [TestCase("Nic card = Interlocked.Exchange(ref current, other);")]
    [TestCase("if (!some.TryGetValue(kind, out Nic? card)) return;")]
    [TestCase("if (something is not Nic card) return;")]
    [TestCase("if (pair is not { Card: { } card }) return;")]
    [TestCase("var (card, length) = pair;")]
    [TestCase("Nic card = pair.Card;")]
    [TestCase("Func<int, Nic> pick = Find; Nic card = pick(kind);")]
    [TestCase("Nic card = (Nic)anything.Card;")]
    [TestCase("Nic card = (something as Nic)!;")]
    [TestCase("using var each = all.GetEnumerator(); each.MoveNext(); Nic card = each.Current;")]
    public Task AVariableKeepsItsDevice(string declaration) => OwnershipCase.Members($$"""
        public void Send(List<Nic> all, Dictionary<int, Nic> some, (Nic Card, int Length) pair, object something, dynamic anything, int kind)
        {
            {{declaration}}
            card.Grab();
            card.Write(0, 1);
            card.Release();
            {|VPIO1003:card.Write(4, 1)|};
        }
        """);

    [Test]
    public Task AVariableThatIsAwaitedKeepsItsDevice() => OwnershipCase.Members("""
        public async Task SendAsync(Task<Nic> find)
        {
            Nic card = await find;
            card.Grab();
            card.Write(0, 1);
            card.Release();
            {|VPIO1003:card.Write(4, 1)|};
        }
        """);

    [Test]
    public Task AParameterOfALambdaKeepsItsDevice() => OwnershipCase.Members("""
        public Action<Nic> Make() => card =>
        {
            card.Grab();
            card.Write(0, 1);
            card.Release();
            {|VPIO1003:card.Write(4, 1)|};
        };
        """);

    [Test]
    public Task AnOutParameterKeepsItsDevice() => OwnershipCase.Members("""
        public void Pick(out Nic card)
        {
            card = Find(3);
            card.Grab();
            card.Write(0, 1);
            card.Release();
        }
        """);
}
