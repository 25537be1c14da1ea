using System.Text.Json;

namespace Vpio.Package.Tests;

/// <summary>Changes what the rules weigh, and reads their reports, by the means that all rules of .NET have.</summary>
internal sealed class SeverityTests
{
    private AuthorsProject _project = null!;

    private static readonly string[] AsTheyCome = ["Waiting.cs:8 warning VPIO1023", "Ungrabbed.cs:5 error VPIO1001"];

    // One file has a fault that is an error, the other one that is a warning.
    [OneTimeSetUp]
    public void Make()
    {
        _project = AuthorsProject.New("severities", ["classlib"], "Vpio.GuestDriver");
        File.Delete(Path.Combine(_project.Folder, "Class1.cs"));
        _project.Write("Ungrabbed.cs", """
            using Vpio.GuestDriver;

            public static class Ungrabbed
            {
                public static void Kick(in DeviceLease lease) => lease.Kick();
            }
            """);
        _project.Write("Waiting.cs", """
            using Vpio.GuestDriver;

            public static class Waiting
            {
                public static void Run(GuestDevice device)
                {
                    using DeviceLease lease = device.Grab();
                    while (lease.Read32(0) == 0)
                        lease.Kick();
                }
            }
            """);
    }

    [SetUp]
    public void BeginWithoutConfiguration() => File.Delete(Path.Combine(_project.Folder, ".editorconfig"));

    [Test]
    public void RulesWeighWhatTheirPagesSay() => Expect(AsTheyCome);

    [TestCase("dotnet_diagnostic.VPIO1001.severity = warning", "Waiting.cs:8 warning VPIO1023", "Ungrabbed.cs:5 warning VPIO1001")]
    [TestCase("dotnet_diagnostic.VPIO1001.severity = none", "Waiting.cs:8 warning VPIO1023")]
    [TestCase("dotnet_diagnostic.VPIO1023.severity = error", "Waiting.cs:8 error VPIO1023", "Ungrabbed.cs:5 error VPIO1001")]
    [TestCase("dotnet_analyzer_diagnostic.category-Ownership.severity = warning", "Waiting.cs:8 warning VPIO1023", "Ungrabbed.cs:5 warning VPIO1001")]
    [TestCase("vpio_ownership.poll_obligation = false", "Ungrabbed.cs:5 error VPIO1001")]
    public void AnEditorConfigChangesThat(string line, params string[] expected)
    {
        _project.Write(".editorconfig", $"root = true\n\n[*.cs]\n{line}\n");
        Expect(expected);
    }

    [TestCase("TreatWarningsAsErrors=true", "Waiting.cs:8 error VPIO1023", "Ungrabbed.cs:5 error VPIO1001")]
    [TestCase("WarningsAsErrors=VPIO1023", "Waiting.cs:8 error VPIO1023", "Ungrabbed.cs:5 error VPIO1001")]
    [TestCase("NoWarn=VPIO1023", "Ungrabbed.cs:5 error VPIO1001")]
    public void SoDoesAProperty(string property, params string[] expected) => Expect(expected, $"-p:{property}");

    [Test]
    public void AnErrorLogTellsProgramsWhatPeopleAreTold()
    {
        const string Log = "reports.sarif";
        Expect(AsTheyCome, $"-p:ErrorLog={Log}%2Cversion=2.1");
        using JsonDocument log = JsonDocument.Parse(_project.Read(Log));
        JsonElement run = log.RootElement.GetProperty("runs")[0];
        Assert.That(run.GetProperty("results").EnumerateArray().Select(Described).Where(each => each.Contains("VPIO")), Is.EquivalentTo(AsTheyCome));

        JsonElement[] rules = [.. run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Where(rule => IdOf(rule).StartsWith("VPIO", StringComparison.Ordinal))];
        Assert.That(rules, Has.Length.GreaterThanOrEqualTo(29));
        Assert.That(rules.Select(rule => new Uri(rule.GetProperty("helpUri").GetString()!).AbsolutePath), Is.EqualTo(rules.Select(rule => $"/vpio/vpio/blob/main/docs/rules/{IdOf(rule)}.md")));
    }

    private void Expect(string[] expected, params string[] arguments)
    {
        (bool succeeded, Report[] reports) = _project.Build(["--no-restore", .. arguments]);
        Assert.That(reports.Select(report => $"{report}"), Is.EquivalentTo(expected));
        Assert.That(succeeded, Is.EqualTo(!expected.Any(each => each.Contains(" error "))));
    }

    private static string IdOf(JsonElement rule) => rule.GetProperty("id").GetString()!;

    private static string Described(JsonElement result)
    {
        JsonElement place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        string file = Path.GetFileName(new Uri(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!).LocalPath);
        return $"{file}:{place.GetProperty("region").GetProperty("startLine")} {result.GetProperty("level")} {result.GetProperty("ruleId")}";
    }
}
