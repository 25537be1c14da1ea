using System.Reflection;

namespace Vpio.Package.Tests;

/// <summary>Makes the mistakes of a first driver with the packages, reads what the build says of each, and lets the fixes of the packages repair them.</summary>
/// <remarks>The drivers are in <c>Mistakes</c>. A comment at the end of a line names what is reported there.</remarks>
internal sealed class MistakeTests
{
    private const string NotFixable = "AwaitUnderALease";

    private static readonly string[] Mistakes = ["TouchWithoutGrab", "IgnoredAnswer", "UseAfterRelease", "LoopWithoutPoll", NotFixable, "AwaitUnderAHold"];

    private static readonly string[] Fixed = ["VPIO1003", "VPIO1011", "VPIO1013", "VPIO1017", "VPIO1023"];

    private Report[] _said = null!;
    private (bool Succeeded, Report[] Reports) _afterwards;
    private string[] _printed = null!;

    [OneTimeSetUp]
    public void MakeAndFix()
    {
        AuthorsProject project = AuthorsProject.New("mistakes", ["console"], "Vpio.GuestDriver", "Vpio.Hypervisor");
        foreach (string file in Mistakes.Append("Program"))
            project.Write($"{file}.cs", Source(file));
        (_, _said) = project.Build("--no-restore");
        File.Delete(Path.Combine(project.Folder, $"{NotFixable}.cs"));
        project.Fix(Fixed);
        _afterwards = project.Build("--no-restore");
        _printed = _afterwards.Succeeded ? project.Run() : [];
    }

    [TestCaseSource(nameof(Mistakes))]
    public void AMistakeIsReportedInItsLineAndNowhereElse(string mistake)
    {
        IEnumerable<string> expected = Source(mistake).ReplaceLineEndings("\n").Split('\n')
            .Select((line, i) => (Line: i + 1, Marks: line.Split("// ")[1..]))
            .Where(line => line.Marks.Length > 0)
            .Select(line => $"{mistake}.cs:{line.Line} {line.Marks[0]}");
        Assert.That(_said.Where(report => report.File == $"{mistake}.cs").Select(report => $"{report}"), Is.EqualTo(expected).And.Not.Empty);
    }

    [TestCase("TouchWithoutGrab", "This requires 'lease' to be held, and it was not grabbed: grab it before, or hand the requirement on with [RequiresHeld]")]
    [TestCase("IgnoredAnswer", "Nothing depends on the answer about 'device': test it, and touch or go on only when it says so")]
    [TestCase("UseAfterRelease", "'device' was released before this touch: move the release behind it, or grab again")]
    [TestCase("LoopWithoutPoll", "'device' is held through every round and nobody looks whether it is wanted back: poll in each round, and leave when it is")]
    [TestCase("AwaitUnderALease", "Instance of type 'Vpio.GuestDriver.DeviceLease' cannot be preserved across 'await' or 'yield' boundary.")]
    [TestCase("AwaitUnderAHold", "'plotter' is held while the member is suspended: release it before, and grab it again after")]
    public void TheAuthorReadsWhatIsWrongAndWhatToDo(string mistake, string message) =>
        Assert.That(_said.Where(report => report.File == $"{mistake}.cs").Select(report => report.Message), Has.Some.StartsWith(message));

    [Test]
    public void TheFixesLeaveNothingToReport() => Assert.That(_afterwards, Is.EqualTo((true, Array.Empty<Report>())));

    [Test]
    public void TheFixedDriversSend() => Assert.That(_printed, Is.EqualTo(new[]
    {
        "TouchWithoutGrab: 1 sent, Free",
        "IgnoredAnswer: 1 sent, Free",
        "UseAfterRelease: 1 sent, Free",
        "LoopWithoutPoll: 3 sent, Free",
        "Plotter: grabbed", "Plotter: 1, 1", "Plotter: released",
        "Plotter: grabbed", "Plotter: 2, 1", "Plotter: released",
    }));

    private static string Source(string file)
    {
        using StreamReader reader = new(Assembly.GetExecutingAssembly().GetManifestResourceStream($"Mistakes/{file}.cs")!);
        return reader.ReadToEnd();
    }
}
