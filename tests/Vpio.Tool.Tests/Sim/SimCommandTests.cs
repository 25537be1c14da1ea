using System.Text.Json;
using Vpio.Simulation;
using Vpio.Tool.Run;
using Vpio.Tool.Sim;

namespace Vpio.Tool.Tests.Sim;

/// <summary>Uses <c>vpio sim</c> as a person and a program do.</summary>
internal sealed class SimCommandTests : FolderFixture
{
    private static readonly string[] Few = ["sim", "--guests", "5", "--duration", "500ms"];

    [Test]
    public void WithoutOptionsItRunsAndSaysThatAllWasKept()
    {
        (int code, string output, string error) = Invoke("sim");
        Assert.That((code, error), Is.EqualTo((0, "")));
        Assert.That(output, Does.StartWith("16 guests shared 1 device for 10s of virtual time"));
        Assert.That(output, Does.Contain("weight  guests").And.EndWith("nobody waited longer than the bound.\n"));
    }

    [Test]
    public void EveryOptionCounts()
    {
        JsonElement plain = Json(Few);
        string[][] options =
        [
            ["--devices", "2"], ["--slice", "1ms"], ["--weights", "1,2"], ["--load", "poisson"], ["--load", "bursts"],
            ["--hogs", "1"], ["--reaction", "1ms"], ["--arrivals", "5ms"], ["--chaos", "10ms"], ["--seed", "2"],
        ];
        foreach (string[] option in options)
            Assert.That(Sum(Json([.. Few, .. option])), Is.Not.EqualTo(Sum(plain)), string.Join(' ', option));
        Assert.That(Sum(Json([.. Few, "--hogs", "1", "--policy", "detach"])), Is.Not.EqualTo(Sum(Json([.. Few, "--hogs", "1"]))));
        Assert.That(Sum(Json([.. Few, "--hogs", "1", "--grace", "2ms"])), Is.Not.EqualTo(Sum(Json([.. Few, "--hogs", "1"]))));
        Assert.That(Sum(Json([.. Few, "--hogs", "1", "--resume-after", "20ms"])), Is.Not.EqualTo(Sum(Json([.. Few, "--hogs", "1"]))));
        Assert.That(Sum(Json([.. Few, "--load", "poisson", "--rate", "99"])), Is.Not.EqualTo(Sum(Json([.. Few, "--load", "poisson"]))));
        Assert.That(Sum(Json([.. Few, "--load", "poisson", "--service", "9ms"])), Is.Not.EqualTo(Sum(Json([.. Few, "--load", "poisson"]))));
    }

    [Test]
    public void TheObjectHasEveryFieldUnderItsName()
    {
        JsonElement run = Json([.. Few, "--weights", "1,4"]);
        Assert.That(run.EnumerateObject().Select(field => field.Name), Is.EqualTo(new[]
        {
            "ok", "exitCode", "commandLine", "seed", "guests", "devices", "durationSeconds", "policy", "load", "weights", "grants", "grantsAtOnce",
            "handOvers", "revocations", "forcedEnds", "quarantines", "resumptions", "mishaps", "utilisationAtWork", "utilisationOwned", "jain", "steps",
            "observations", "eventSum", "violation",
        }));
        Assert.That(run.GetProperty("weights")[1].EnumerateObject().Select(field => field.Name), Is.EqualTo(new[]
        {
            "weight", "guests", "waits", "waitP50Ms", "waitP99Ms", "waitMaxMs", "boundMs", "closestToBound", "deviceMsPerGuest",
        }));
        Assert.That(run.GetProperty("weights").EnumerateArray().Select(each => (each.GetProperty("weight").GetInt32(), each.GetProperty("guests").GetInt32())),
            Is.EqualTo(new[] { (1, 3), (4, 2) }));
        Assert.That(run.GetProperty("violation").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public void TheSameLineGivesTheSameBytesAndTheObjectSaysTheLine()
    {
        string[] line = ["sim", "--guests", "30", "--devices", "3", "--duration", "1s", "--load", "bursts", "--rate", "50", "--weights", "1,2", "--chaos", "5ms", "--arrivals", "10ms", "--policy", "detach", "--seed", "-9", "--json"];
        (_, string first, _) = Invoke(line);
        Assert.That(Invoke(line), Is.EqualTo((0, first, "")));
        string said = JsonDocument.Parse(first).RootElement.GetProperty("commandLine").GetString()!;
        Assert.That(Invoke([.. said.Split(' ')[1..], "--json"]).Output, Is.EqualTo(first));
    }

    [Test]
    public void ATraceSaysHowManyGuestsThereAreAndHowLongItTakes()
    {
        JsonElement run = Json("sim", "--load", "trace:" + Write("trace.csv", "time_us,guest,service_us\n0,1,4000\n10,3,4000\n2000000,2,100\n"));
        Assert.That((run.GetProperty("guests").GetInt32(), run.GetProperty("durationSeconds").GetDouble(), run.GetProperty("grants").GetInt64()), Is.EqualTo((3, 3.0, 3L)));
        Assert.That(run.GetProperty("utilisationAtWork").GetDouble(), Is.EqualTo(0.0027));
    }

    [TestCase("plot.svg", "<?xml")]
    [TestCase("plot.PNG", "\u0089PNG")]
    public void APlotIsDrawnIntoTheFile(string name, string beginning)
    {
        string path = Path.Combine(Folder, name);
        Assert.That(Invoke([.. Few, "--plot", path]).Code, Is.Zero);
        byte[] plot = File.ReadAllBytes(path);
        Assert.That(string.Concat(plot.Take(beginning.Length).Select(each => (char)each)), Is.EqualTo(beginning));
        Assert.That(plot, Has.Length.GreaterThan(5000));
    }

    [Test]
    [Platform(Include = "Linux", Reason = "Nothing fits into /dev/full.")]
    public void APlotThatDoesNotFitIsSaidToBeTheOneThatDoesNot()
    {
        string path = Path.Combine(Folder, "plot.svg");
        File.CreateSymbolicLink(path, "/dev/full");
        (int code, string output, string error) = Invoke([.. Few, "--plot", path]);
        Assert.That((code, output), Is.EqualTo((ExitCode.Usage, "")));
        Assert.That(error, Does.Match(@"^vpio: [^\n]*plot\.svg cannot be written [^\n]*--plot\.\r?\n$"));
    }

    [TestCase("sim fly")]
    [TestCase("sim --guests 0")]
    [TestCase("sim --guests 1025")]
    [TestCase("sim --devices 64")]
    [TestCase("sim --duration 5")]
    [TestCase("sim --slice 2s")]
    [TestCase("sim --grace 1us")]
    [TestCase("sim --policy kill")]
    [TestCase("sim --weights 0")]
    [TestCase("sim --weights 1,17")]
    [TestCase("sim --weights 1,,2")]
    [TestCase("sim --load heavy")]
    [TestCase("sim --load trace:")]
    [TestCase("sim --load trace:/nowhere/trace.csv")]
    [TestCase("sim --load poisson --rate 0")]
    [TestCase("sim --load poisson --rate often")]
    [TestCase("sim --rate 5")]
    [TestCase("sim --service 5ms")]
    [TestCase("sim --hogs 17")]
    [TestCase("sim --hogs -1")]
    [TestCase("sim --reaction 0us")]
    [TestCase("sim --arrivals often")]
    [TestCase("sim --chaos often")]
    [TestCase("sim --seed x")]
    [TestCase("sim --plot")]
    [TestCase("sim --plot waits.pdf")]
    [TestCase("sim --plot /nowhere/waits.svg")]
    public void WhatCannotBeUsedIsRefusedInOneSentence(string line)
    {
        (int code, string output, string error) = Invoke(line.Split(' '));
        Assert.That((code, output), Is.EqualTo((ExitCode.Usage, "")));
        Assert.That(error, Does.Match(@"^vpio: [^\n]*\.\r?\n$"));
    }

    [TestCase("0,1,5\n0,2\n", "Line 2")]
    [TestCase("", "without a job")]
    [TestCase("PK\u0003\u0004\0\0", "Line 1")]
    [TestCase("0,20,5\n", "give more with --guests")]
    public void ATraceThatCannotBeUsedIsRefusedWithItsLine(string text, string reason)
    {
        (int code, string output, string error) = Invoke("sim", "--guests", "16", "--load", "trace:" + Write("bad.csv", text));
        Assert.That((code, output), Is.EqualTo((ExitCode.Usage, "")));
        Assert.That(error, Does.Match(@"^vpio: [^\n]*\.\r?\n$").And.Contain(reason));
    }

    [Test]
    public void ABrokenInvariantLeadsToCodeOneAndSaysHowToSeeItAgain()
    {
        SimArguments arguments = new(new SimulationOptions { Guests = 3, Seed = 77 }, SimArguments.Closed, 10, TimeSpan.FromMilliseconds(1), Json: false, Plot: null);
        using SimulationRun run = new(arguments.Options);
        run.Host.Devices[0]!.Slot.Slice = TimeSpan.FromSeconds(1); // Behind the checker's back: what was agreed is 10 ms.
        run.Run();
        SimReport report = new(arguments, run);
        StringWriter text = new();
        new SimSummary(report).Write(text);
        JsonElement json = JsonDocument.Parse(JsonSimReport.Write(report)).RootElement;

        Assert.That(report.Code, Is.EqualTo(ExitCode.Failed));
        Assert.That(text.ToString(), Does.Match(@"\nNOT as promised: BoundedHandOver is broken at step \d+, [\d.]+ ms of virtual time: .*\nAgain: vpio sim --guests 3 .* --seed 77\n$"));
        Assert.That((json.GetProperty("ok").GetBoolean(), json.GetProperty("exitCode").GetInt32()), Is.EqualTo((false, 1)));
        Assert.That(json.GetProperty("violation").GetProperty("invariant").GetString(), Is.EqualTo("BoundedHandOver"));
        Assert.That(json.GetProperty("violation").GetProperty("step").GetInt64(), Is.EqualTo(run.Checker.Violation!.Step));
    }

    [Test]
    public void HelpNamesEveryOption()
    {
        (int code, string output, _) = Invoke("sim", "--help");
        Assert.That(code, Is.Zero);
        string[] options =
        [
            "--guests", "--devices", "--duration", "--slice", "--grace", "--policy", "--weights", "--load", "--rate", "--service", "--hogs",
            "--reaction", "--resume-after", "--arrivals", "--chaos", "--seed", "--json", "--plot",
        ];
        foreach (string option in options)
            Assert.That(output, Does.Contain(option));
    }

    private static string Sum(JsonElement run) => run.GetProperty("eventSum").GetString()!;

    private static JsonElement Json(params string[] line)
    {
        (int code, string output, string error) = Invoke([.. line, "--json"]);
        Assert.That(code, Is.Zero, error);
        return JsonDocument.Parse(output).RootElement;
    }

    private static (int Code, string Output, string Error) Invoke(params string[] line)
    {
        StringWriter output = new() { NewLine = "\n" };
        StringWriter error = new() { NewLine = "\n" };
        int code = CommandLine.Invoke(line, _ => throw new AssertionException("It ran."), output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
