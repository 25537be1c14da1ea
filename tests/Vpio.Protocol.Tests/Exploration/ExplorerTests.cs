namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Holds the explorer to what is known of small programs: what it must find, and what it must not.</summary>
[TestFixture]
internal sealed class ExplorerTests
{
    private ulong[] _words = [];
    private SharedWords _numbers = new();

    [SetUp]
    public void BeginAnew() => (_words, _numbers) = (new ulong[3], new SharedWords());

    [Test]
    public void TwoStoresBeforeTwoLoadsAreBothMissedWithStoreBuffersOnly()
    {
        Program[] programs = [new("left", () => StoreThenLoad(0, 1)), new("right", () => StoreThenLoad(1, 0))];
        Assert.DoesNotThrow(() => Explore(programs, MemoryModel.SequentiallyConsistent, NotBothMissed));
    }

    [Test]
    public void WithStoreBuffersBothAreMissed()
    {
        Program[] programs = [new("left", () => StoreThenLoad(0, 1)), new("right", () => StoreThenLoad(1, 0))];
        Assert.Throws<BrokenRuleException>(() => Explore(programs, MemoryModel.StoreBuffers, NotBothMissed));
    }

    [Test]
    public void WithAFenceBetweenThemTheyAreNot()
    {
        Program[] programs = [new("left", () => ExchangeThenLoad(0, 1)), new("right", () => ExchangeThenLoad(1, 0))];
        Assert.DoesNotThrow(() => Explore(programs, MemoryModel.StoreBuffers, NotBothMissed));
    }

    [TestCase(MemoryModel.SequentiallyConsistent)]
    [TestCase(MemoryModel.StoreBuffers)]
    public void StoresOfOneActorAreSeenInOrder(MemoryModel model)
    {
        Program[] programs =
        [
            new("writer", () =>
            {
                ExploredMemory.Store(ref _words[0], 1);
                ExploredMemory.Store(ref _words[1], 1);
            }),
            new("reader", () =>
            {
                if (ExploredMemory.Load(ref _words[1]) == 1 && ExploredMemory.Load(ref _words[0]) == 0)
                    ExploredMemory.Exchange(ref _words[2], 1);
            }),
        ];
        Assert.DoesNotThrow(() => Explore(programs, model, machine => Expect(Value(machine, 2) == 0, "the second store was seen without the first")));
    }

    [TestCase(MemoryModel.SequentiallyConsistent)]
    [TestCase(MemoryModel.StoreBuffers)]
    public void ALostUpdateIsFound(MemoryModel model)
    {
        Program[] programs = [new("left", () => LoadThenStore()), new("right", () => LoadThenStore())];
        Assert.Throws<BrokenRuleException>(() => Explore(programs, model, machine => Expect(Value(machine, 0) == 2, "an update was lost")));
    }

    [Test]
    public void WhoWaitsForWhatNobodyDoesIsFound()
    {
        Program[] programs = [new("waiter", () => Await(1)), new("other", () => ExploredMemory.Store(ref _words[0], 2))];
        Assert.Throws<BrokenRuleException>(() => Explore(programs, MemoryModel.StoreBuffers, _ => { }));
    }

    [Test]
    public void WhoWaitsForWhatAnotherDoesIsWoken()
    {
        Program[] programs = [new("waiter", () => Await(1)), new("other", () => ExploredMemory.Store(ref _words[0], 1))];
        Assert.DoesNotThrow(() => Explore(programs, MemoryModel.StoreBuffers, _ => { }));
    }

    [Test]
    public void ALandmarkAtWhichSomethingIsRememberedIsFound()
    {
        Explorer explorer = Prepare([new("forgetful", () => PassLandmark()), new("other", () => ExploredMemory.Store(ref _words[0], 1))], MemoryModel.StoreBuffers, _ => { });
        explorer.Run();
        Assert.Throws<InvalidOperationException>(() => explorer.CheckLandmarks(100));
    }

    private static void Expect(bool held, string what)
    {
        if (!held)
            throw new BrokenRuleException(what);
    }

    private void StoreThenLoad(int mine, int other)
    {
        ExploredMemory.Store(ref _words[mine], 1);
        if (ExploredMemory.Load(ref _words[other]) == 0)
            ExploredMemory.Or(ref _words[2], 1UL << mine);
    }

    private void ExchangeThenLoad(int mine, int other)
    {
        ExploredMemory.Exchange(ref _words[mine], 1);
        if (ExploredMemory.Load(ref _words[other]) == 0)
            ExploredMemory.Or(ref _words[2], 1UL << mine);
    }

    private void LoadThenStore() => ExploredMemory.Store(ref _words[0], ExploredMemory.Load(ref _words[0]) + 1);

    private void Await(ulong value)
    {
        for (int turn = 0; ExploredMemory.Load(ref _words[0]) != value; turn++)
            ExploredMemory.Pause(turn);
    }

    private void PassLandmark()
    {
        ulong remembered = ExploredMemory.Load(ref _words[0]);
        ExploredMemory.Pass(Happening.Joining, 0);
        ExploredMemory.Load(ref _words[1]);
        ExploredMemory.Store(ref _words[2], remembered);
    }

    private void NotBothMissed(Machine machine) => Expect(Value(machine, 2) != 3, "both were missed");

    private ulong Value(Machine machine, int word) => machine.Word(_numbers.IndexOf(ref _words[word]));

    private void Explore(Program[] programs, MemoryModel model, Action<Machine> judge) => Prepare(programs, model, judge).Run();

    private Explorer Prepare(Program[] programs, MemoryModel model, Action<Machine> judge) => new(programs, _numbers, new EndRules(judge), model);

    private sealed class Program(string name, Action body) : Actor(name)
    {
        public override Onward Call(int place, ulong memory)
        {
            body();
            return Onward.Done;
        }
    }

    /// <summary>Judges the ends alone.</summary>
    private sealed class EndRules(Action<Machine> judge) : IRules
    {
        public Note? LandmarkAfter(Access access, ulong result, int lastWord) => null;

        public bool IsUnseen(Happening what) => false;

        public bool IsAlone(Machine machine, int actor) => false;

        public bool CanHappen(Machine machine, Happening what, ulong value) => true;

        public ulong Happen(Machine machine, int actor, Happening what, ulong value) => 0;

        public void Changed(Machine machine, int actor, int word, ulong was, ulong now)
        {
        }

        public void AtTheEnd(Machine machine) => judge(machine);
    }
}
