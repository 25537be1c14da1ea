namespace Vpio.Protocol.Tests.Model;

/// <summary>Lets spin look at every order of steps of the model in <c>docs/model</c>, as it is and with each planted bug.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class ModelTests
{
    private static readonly ModelRun Two = new("two guests", "GUESTS=2");

    private static readonly ModelRun TwoTwice = new("two guests, two grabs each", "GUESTS=2 GRABS=2");

    private static readonly ModelRun Three = new("three guests", "GUESTS=3");

    private static readonly ModelRun ThreePreferred = new("three guests, preferred", "GUESTS=3 ALWAYS_QUEUE COARSE PREFER");

    private static readonly ModelRun Cancelling = new("two guests that cancel", "GUESTS=2 CANCEL");

    private static readonly ModelRun Stopping = new("the owner is stopped when its grace ends", "GUESTS=2 POLICY_STOP");

    private static readonly ModelRun StoppingAnyone = new("domain 0 stops a guest", "GUESTS=2 STOP");

    private static readonly ModelRun Resuming = new("domain 0 stops and resumes a guest", "GUESTS=2 STOP RESUME");

    private static readonly ModelRun Unplugging = new("the device is unplugged and plugged in", "GUESTS=2 PLUG");

    private static readonly ModelRun UnpluggingTwice = new("the device is unplugged and plugged in, two grabs each", "GUESTS=2 GRABS=2 PLUG");

    private static readonly ModelRun Forever = new("two guests for ever, detached when their grace ends", "GUESTS=2 POLICY_DETACH HOG FOREVER", "served");

    private static readonly ModelRun ForeverStopped = new("two guests for ever, stopped when their grace ends", "GUESTS=2 POLICY_STOP HOG FOREVER", "served");

    private static readonly ModelRun ForeverThree = new("three guests for ever", "GUESTS=3 ALWAYS_QUEUE COARSE FOREVER", "served");

    private static readonly ModelRun ForeverPreferred = new("two guests for ever, preferred", "GUESTS=2 ALWAYS_QUEUE COARSE PREFER FOREVER", "served");

    /// <summary>Gets the runs of the model as it is, and how many states each has at least: nine tenths of what it had.</summary>
    private static IEnumerable<TestCaseData> Runs =>
    [
        Case(new("three guests, two grabs each", "GUESTS=3 GRABS=2 ALWAYS_QUEUE COARSE BYPASS"), 28_000_000),
        Case(new("four guests, one grab each", "GUESTS=4 ALWAYS_QUEUE COARSE"), 13_000_000),
        Case(new("three guests that are stopped when their grace ends", "GUESTS=3 POLICY_STOP ALWAYS_QUEUE"), 7_400_000),
        Case(new("two guests that cancel, hog, are stopped and resumed", "GUESTS=2 POLICY_STOP STOP RESUME HOG CANCEL"), 1_700_000),
        Case(new("two guests that are detached and quarantined", "GUESTS=2 POLICY_DETACH STOP BARRED CANCEL"), 1_500_000),
        Case(new("two guests, two grabs each, unplug and replug", "GUESTS=2 GRABS=2 PLUG ALWAYS_QUEUE"), 4_600_000),
        Case(new("two guests that cancel, unplug and replug", "GUESTS=2 PLUG CANCEL BYPASS"), 360_000),
        Case(new("two guests that are stopped, unplug and replug", "GUESTS=2 PLUG STOP"), 4_700_000),
        Case(new("two guests, two grabs each, preferred", "GUESTS=2 GRABS=2 ALWAYS_QUEUE COARSE PREFER BYPASS"), 3_500_000),
        Case(Forever, 8_700_000),
        Case(Forever with { Claim = "revoked" }, 8_600_000),
        Case(ForeverStopped, 1_400_000),
        Case(ForeverStopped with { Claim = "revoked" }, 1_300_000),
        Case(ForeverThree, 3_800_000),
        Case(ForeverThree with { Claim = "revoked" }, 3_600_000),
        Case(ForeverPreferred, 1_200_000),
    ];

    /// <summary>Gets the planted bugs, each in the smallest run that shows it.</summary>
    private static IEnumerable<ModelRun> Bugs =>
    [
        TwoTwice.With("BUG_LOAD_THEN_STORE"),
        TwoTwice.With("BUG_NO_GENERATION"),
        Two.With("BUG_NO_SECOND_LOOK_AFTER_QUEUEING"),
        Two.With("BUG_NO_SECOND_LOOK_AFTER_FREE"),
        Two.With("BUG_JOINER_IGNORED"),
        Two.With("BUG_REVOKE_BY_STORE"),
        Three.With("BUG_BARGING"),
        Cancelling.With("BUG_CLAIMED_BEFORE_NAMED"),
        Stopping.With("BUG_TIMEOUT_BY_STORE"),
        Stopping.With("BUG_NOBODY_WOKEN_AFTER_A_STOP"),
        StoppingAnyone.With("BUG_MARK_NOT_LOOKED_AT"),
        StoppingAnyone.With("BUG_STRIPPED_WITHOUT_A_NEW_GENERATION"),
        Resuming.With("BUG_NOT_DEQUEUED"),
        Unplugging.With("BUG_GRANT_TAKEN_FOR_OFFLINE"),
        UnpluggingTwice.With("BUG_PLUGGED_WITHOUT_A_NEW_GENERATION"),
        ThreePreferred.With("BUG_PREFERRED_EVERY_TIME"),
        Forever.With("BUG_NAMED_TAKES_BACK"),
    ];

    [TestCaseSource(nameof(Runs))]
    public void NoOrderOfStepsBreaksTheProtocol(ModelRun run, long leastStates)
    {
        CheckReport report = ModelChecker.Check(run, out bool trail);
        TestContext.Out.WriteLine($"{run}: {report}");
        Assert.That(report.Errors, Is.Zero, report.Found);
        Assert.That(trail, Is.False);
        Assert.That(report.IsComplete, "the search did not look at everything");
        Assert.That(report.States, Is.GreaterThanOrEqualTo(leastStates), "the model has fewer states than it had: something is not modelled any more");
    }

    [TestCaseSource(nameof(Bugs))]
    public void EveryPlantedBugIsFound(ModelRun run)
    {
        CheckReport report = ModelChecker.Check(run, out bool trail);
        TestContext.Out.WriteLine($"{run}: {report}");
        Assert.That(report.Errors, Is.GreaterThan(0));
        Assert.That(report.Found, Does.Match("assertion violated|invalid end state|acceptance cycle"));
        Assert.That(trail);
    }

    [TestCase("State-vector 92 byte, depth reached 888, errors: 0\n  4159793 states, stored\n", ExpectedResult = true)]
    [TestCase("error: max search depth too small\nState-vector 92 byte, depth reached 99, errors: 0\n  4159793 states, stored\n", ExpectedResult = false)]
    [TestCase("pan: reached -DMEMLIM bound\npan: out of memory\nState-vector 92 byte, depth reached 99, errors: 0\n  4.1e+07 states, stored\n", ExpectedResult = false)]
    [TestCase("Warning: Search not completed\nState-vector 92 byte, depth reached 99, errors: 0\n  41 states, stored\n", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    public bool AReportIsCompleteOnlyWhenNothingCutTheSearchShort(string said) => new CheckReport(said).IsComplete;

    private static TestCaseData Case(ModelRun run, long leastStates) => new TestCaseData(run, leastStates).SetArgDisplayNames(run.ToString());
}
