using System.Text.Json;
using Vpio.Tool.Accounting;

namespace Vpio.Tool.Tests.Process;

/// <summary>The default job, run for real: guests share the NIC on the sample, and every frame is accounted for.</summary>
/// <remarks>The grace is long where a guest must not be stopped: the machine of a test run is a busy one.</remarks>
[NonParallelizable]
internal sealed class RunTests
{
    private const string Patience = "1s";

    [TestCase("4")]
    [TestCase("1")]
    [TestCase("3")]
    public void GuestsShareTheNicAndEveryFrameIsAccountedFor(string guests)
    {
        JsonElement run = Run(0, "--guests", guests, "--duration", "1s", "--grace", Patience);
        AssertSchema(run);
        Assert.That(run.GetProperty("ok").GetBoolean(), Is.True);
        Assert.That(run.GetProperty("guests").GetArrayLength(), Is.EqualTo(int.Parse(guests)));
        Assert.That(run.GetProperty("framesSent").GetInt64(), Is.Positive);
        Assert.That(run.GetProperty("framesLost").GetInt64(), Is.Zero);
        Assert.That(run.GetProperty("forcedStops").GetInt64(), Is.Zero);
    }

    [TestCase("64")]
    [TestCase("200")]
    public void ManyGuestsShareTheNic(string guests)
    {
        JsonElement run = Run(0, "--guests", guests, "--duration", "2s", "--slice", "1ms", "--grace", Patience, "--rate", "20");
        Assert.That(run.GetProperty("framesReceived").GetInt64(), Is.Positive);
        Assert.That(run.GetProperty("guests").EnumerateArray().Select(guest => guest.GetProperty("state").GetString()), Has.All.EqualTo("done"));
    }

    [TestCase("tx")]
    [TestCase("rx")]
    [TestCase("mixed")]
    public void EveryRoleRunsAsFastAsItGoes(string role)
    {
        JsonElement run = Run(0, "--role", role, "--rate", "max", "--duration", "500ms", "--grace", Patience);
        Assert.That(run.GetProperty("ok").GetBoolean(), Is.True);
        Assert.That(run.GetProperty("framesSent").GetInt64(), role == "rx" ? Is.Zero : Is.Positive);
        Assert.That(run.GetProperty("framesReceived").GetInt64(), role == "tx" ? Is.Zero : Is.Positive);
    }

    [Test]
    public void AHogIsStoppedByForceAndTheOthersGoOn()
    {
        JsonElement run = Run(0, "--hog", "1", "--duration", "4s", "--grace", Patience);
        Assert.That(run.GetProperty("forcedStops").GetInt64(), Is.EqualTo(1));
        JsonElement[] guests = [.. run.GetProperty("guests").EnumerateArray()];
        Assert.That(guests[3].GetProperty("hog").GetBoolean(), Is.True);
        Assert.That(guests[3].GetProperty("state").GetString(), Is.EqualTo("stopped"));
        Assert.That(guests[3].GetProperty("forcedStops").GetInt64(), Is.EqualTo(1));
        Assert.That(guests[..3].Select(guest => guest.GetProperty("state").GetString()), Has.All.EqualTo("done"));
        Assert.That(guests[..2].Select(guest => guest.GetProperty("framesSent").GetInt64()), Has.All.Positive);
        Assert.That(guests[2].GetProperty("framesReceived").GetInt64(), Is.Positive);
    }

    [TestCase("mixed")]
    [TestCase("tx")]
    public void AHogLosesTheNicTimeAfterTimeUntilItIsQuarantined(string role)
    {
        JsonElement run = Run(0, "--policy", "detach", "--hog", "1", "--role", role, "--duration", "6s", "--grace", Patience);
        Assert.That(run.GetProperty("ok").GetBoolean(), "every frame is accounted for");
        Assert.That(run.GetProperty("policy").GetString(), Is.EqualTo("detach"));
        Assert.That(run.GetProperty("forcedStops").GetInt64(), Is.EqualTo(3));
        JsonElement[] guests = [.. run.GetProperty("guests").EnumerateArray()];
        Assert.That(guests[3].GetProperty("state").GetString(), Is.EqualTo("quarantined"));
        Assert.That(guests[3].GetProperty("forcedStops").GetInt64(), Is.EqualTo(3));
        Assert.That(guests[..3].Select(guest => guest.GetProperty("state").GetString()), Has.All.EqualTo("done"));
    }

    [Test]
    public void WeightsRepeatOverTheGuestsAndFairnessIsByWeight()
    {
        JsonElement run = Run(0, "--weights", "1,4", "--guests", "4", "--role", "tx", "--rate", "max", "--duration", "2s", "--slice", "2ms", "--grace", Patience);
        JsonElement[] guests = [.. run.GetProperty("guests").EnumerateArray()];
        Assert.That(guests.Select(guest => guest.GetProperty("weight").GetInt32()), Is.EqualTo(new[] { 1, 4, 1, 4 }));
        double[] shares = [.. guests.Select(guest => guest.GetProperty("deviceTimeMs").GetDouble() / guest.GetProperty("weight").GetInt32())];
        Assert.That(run.GetProperty("jain").GetDouble(), Is.EqualTo(JainIndex.Of(shares)).Within(0.03));
    }

    [Test]
    public void AHogThatNobodyWaitsForEndsWithTheRun()
    {
        JsonElement run = Run(0, "--guests", "1", "--hog", "1", "--duration", "300ms");
        Assert.That(run.GetProperty("forcedStops").GetInt64(), Is.Zero);
    }

    [Test]
    public void PipedOutputIsPlainLinesAndASummary()
    {
        VpioProcess.Outcome outcome = VpioProcess.Run("run", "--duration", "2500ms", "--grace", Patience);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.Output, Does.Not.Contain('\u001b'));
        Assert.That(outcome.Output.Split('\n').Count(line => line.Contains(" s: ", StringComparison.Ordinal)), Is.EqualTo(2));
        Assert.That(outcome.Output, Does.Contain("Every frame is accounted for.").And.Contain("Jain").And.Contain("upcall to release"));
        Assert.That(outcome.Error, Is.Empty);
    }

    [TestCase("run --duration 5")]
    [TestCase("run --nonsense")]
    [TestCase("run --hog 9")]
    [TestCase("run --guest-kind qemu")]
    public void NonsenseIsRefusedInOneSentence(string line)
    {
        VpioProcess.Outcome outcome = VpioProcess.Run(line.Split(' '));
        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.Output, Is.Empty);
        Assert.That(outcome.Error, Does.Match(@"^vpio: [^\n]*\.\r?\n$"));
    }

    private static JsonElement Run(int code, params string[] arguments)
    {
        VpioProcess.Outcome outcome = VpioProcess.Run(["run", "--json", .. arguments]);
        Assert.That(outcome.Code, Is.EqualTo(code), outcome.Error + outcome.Output);
        Assert.That(outcome.Error, Is.Empty);
        return outcome.Json;
    }

    private static void AssertSchema(JsonElement run)
    {
        foreach (string name in new[] { "durationSeconds", "framesSent", "framesReceived", "framesLost", "framesParkedDropped", "jain", "handOvers", "revocations", "forcedStops", "seed" })
            Assert.That(run.GetProperty(name).ValueKind, Is.EqualTo(JsonValueKind.Number), name);
        foreach (string name in new[] { "p50", "p99" })
            Assert.That(run.GetProperty("upcallToReleaseUs").GetProperty(name).ValueKind, Is.EqualTo(JsonValueKind.Number), name);
        Assert.That(run.GetProperty("notCarried").GetArrayLength(), Is.Zero);
        foreach (JsonElement guest in run.GetProperty("guests").EnumerateArray())
        {
            foreach (string name in new[] { "domid", "framesSent", "framesReceived", "deviceTimeMs", "forcedStops", "slices", "weight" })
                Assert.That(guest.GetProperty(name).ValueKind, Is.EqualTo(JsonValueKind.Number), name);
            foreach (string name in new[] { "role", "kind", "state", "mac" })
                Assert.That(guest.GetProperty(name).ValueKind, Is.EqualTo(JsonValueKind.String), name);
        }
    }
}
