namespace Vpio.Protocol.Tests.Exploration;

/// <summary>
/// Explores the shipping transitions to the end: in each scenario every order of the accesses of its actors, on processors that show
/// every access at once and on processors with store buffers. In every state, and at every end, the ten rules hold.
/// </summary>
[TestFixture]
internal sealed class ExplorationTests
{
    private const int ComparedSteps = 5_000;

    [TestCaseSource(nameof(Everything))]
    public void TheTenRulesHoldInEveryOrderOfAccesses(Scenario scenario, MemoryModel model)
    {
        Explorer explorer = scenario.Prepare(model);
        explorer.Run();

        Reach reach = explorer.Reach;
        int compared = explorer.CheckLandmarks(ComparedSteps);
        TestContext.Out.WriteLine(
            $"{scenario}, {model}: {reach.States:N0} states, {reach.Schedules:N0} schedules, {reach.Moments:N0} moments; {compared:N0} steps compared at landmarks");
        Assert.That(reach.States, Is.GreaterThanOrEqualTo(scenario.LeastStates), "fewer states than were seen once");
        Assert.That(compared, scenario.Guests > 1 ? Is.Positive : Is.Zero, "landmarks that were passed in two ways");
    }

    // The large ones have a category of their own, so that who breaks the code a thousand times over can leave them out.
    private static IEnumerable<TestCaseData> Everything() =>
        from scenario in Scenarios.All
        from model in Enum.GetValues<MemoryModel>()
        where model == MemoryModel.StoreBuffers || !scenario.IsLarge
        select new TestCaseData(scenario, model).SetCategory(scenario.IsLarge ? "Large" : "Small");
}
