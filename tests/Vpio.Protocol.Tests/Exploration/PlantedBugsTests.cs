namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Plants bugs in the shipping transitions, one at a time: the explorer that holds the ten rules must find each, or it would show nothing.</summary>
[TestFixture]
internal sealed class PlantedBugsTests
{
    private static readonly Dictionary<string, (Func<Planting, Plant> Plant, Scenario Scenario)> Bugs = new()
    {
        ["a grab loads, then stores"] = (Plants.LoadThenStoreGrab, Cast(2, device => Scenarios.Guests(device, 2, 1))),
        ["no generation"] = (Plants.NoGeneration, Cast(2, device => [.. Scenarios.Guests(device, 2, 2), new TimerActor(device)])),
        ["no second look after queueing"] = (Plants.NoSecondLook, Cast(2, device => Scenarios.Guests(device, 2, 1))),
        ["revocation by a plain store"] = (Plants.RevokeByPlainStore, Cast(2, device => [.. Scenarios.Guests(device, 2, 1), new TimerActor(device)])),
        ["timeout and release both take effect"] =
            (Plants.TimeoutAndReleaseBoth, Cast(2, device => [.. Scenarios.Guests(device, 2, 1), new TimerActor(device)])),
        ["barging past a waiter"] = (Plants.Barging, Cast(3, device => [.. Scenarios.Guests(device, 2, 1), new GuestActor(device, 3, 1) { Queues = false }])),
        ["a stopped guest's queue entry is never skipped"] =
            (Plants.StoppedGuestNeverSkipped, Cast(2, device => [.. Scenarios.Guests(device, 2, 1), Scenarios.Stop(device, 2)])),
        ["waiters are not woken after a forced stop"] =
            (Plants.NobodyWokenAfterStop, Cast(2, device => [.. Scenarios.Guests(device, 2, 1), Scenarios.Stop(device, 1)])),
        ["a joining guest is ignored by the releaser"] = (Plants.JoiningGuestIgnored, Cast(2, device => Scenarios.Guests(device, 2, 1))),
        ["a joiner that is named takes its bit back"] = (Plants.NamedJoinerLeaves, Cast(2, device => Scenarios.Guests(device, 2, 1))),
        ["a stop does not drain the calls"] = (Plants.NoDrain, Cast(1, device => [new CallActor(device, 1, 1), Scenarios.Stop(device, 1)])),
    };

    private static readonly Dictionary<string, (Func<Planting, Plant> Plant, Scenario Scenario)> MissingFences = new()
    {
        ["a guest is queued without a fence"] = (Plants.QueuedWithoutFence, Cast(2, device => Scenarios.Guests(device, 2, 1))),
        ["a batch is announced without a fence"] =
            (Plants.BatchWithoutFence, Cast(2, device => [.. Scenarios.Guests(device, 2, 1), new DeviceActor(device, 1)])),
    };

    [TestCaseSource(nameof(BugNames))]
    public void APlantedBugIsFound(string bug)
    {
        (Func<Planting, Plant> plant, Scenario scenario) = Bugs[bug];
        foreach (MemoryModel model in Enum.GetValues<MemoryModel>())
            ExpectFound(bug, scenario.Prepare(model, plant), model);
    }

    [TestCaseSource(nameof(FenceNames))]
    public void AMissingFenceIsFoundWithStoreBuffersOnly(string fence)
    {
        (Func<Planting, Plant> plant, Scenario scenario) = MissingFences[fence];
        Explorer without = scenario.Prepare(MemoryModel.SequentiallyConsistent, plant);
        without.Run();
        Assert.That(without.Planted, Is.Positive, "the bug was never come across");

        ExpectFound(fence, scenario.Prepare(MemoryModel.StoreBuffers, plant), MemoryModel.StoreBuffers);
    }

    [TestCaseSource(nameof(AllNames))]
    public void WithoutTheBugItsScenarioHolds(string bug)
    {
        Scenario scenario = Bugs.TryGetValue(bug, out (Func<Planting, Plant>, Scenario Scenario) found) ? found.Scenario : MissingFences[bug].Scenario;
        Assert.DoesNotThrow(scenario.Prepare(MemoryModel.StoreBuffers).Run);
    }

    private static IEnumerable<string> BugNames() => Bugs.Keys;

    private static IEnumerable<string> FenceNames() => MissingFences.Keys;

    private static IEnumerable<string> AllNames() => [.. BugNames(), .. FenceNames()];

    private static void ExpectFound(string bug, Explorer explorer, MemoryModel model)
    {
        BrokenRuleException broken = Assert.Throws<BrokenRuleException>(explorer.Run)!;
        Assert.That(explorer.Planted, Is.Positive, "what was found is not the bug");
        TestContext.Out.WriteLine($"{bug}, {model}: found in schedule {explorer.Reach.Schedules + 1:N0}, after {explorer.Reach.States:N0} states: {broken.Message.Split('\n')[0]}");
        Assert.That(broken.Message, Does.Not.Contain("did not end within"));
    }

    private static Scenario Cast(int guests, Func<SharedDeviceUnderTest, Actor[]> cast) => new("with a planted bug", LeastStates: 0, guests, cast);
}
