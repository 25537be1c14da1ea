using System.Text.Json;

namespace Vpio.Tool.Tests.Process;

/// <summary>Guests in processes of their own do the same job: whatever becomes of one of them, the others go on and every frame is accounted for.</summary>
[NonParallelizable]
internal sealed class GuestProcessTests : FolderFixture
{
    // Long where a guest must not be stopped: the machine of a test run is a busy one.
    private const string Patience = "1s";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private string Output => Path.Combine(Folder, "out.pcap");

    [SetUp]
    public void DemandTheSystem()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("Guests in processes of their own need Linux.");
    }

    [TestCase("process", "mixed", "10000")]
    [TestCase("process", "rx", "1000")]
    [TestCase("inprocess,process", "mixed", "max")]
    [TestCase("inprocess,process", "tx", "1000")]
    public void GuestsOfEveryKindShareTheNicAndEveryFrameIsAccountedFor(string kinds, string role, string rate) => SharingRun.LosesNothing(kinds, role, rate, Patience);

    [Test]
    public void SixtyFourProcessesShareTheNic()
    {
        JsonElement run = SharingRun.Of("--guest-kind", "process", "--guests", "64", "--duration", "1s", "--slice", "1ms", "--grace", Patience, "--rate", "20");
        Assert.That(run.GetProperty("framesReceived").GetInt64(), Is.Positive);
        Assert.That(SharingRun.Texts(run, "state"), Has.All.EqualTo("done"));
    }

    [Test]
    public void AHogIsKilledAndTheOthersGoOn()
    {
        JsonElement run = SharingRun.Of("--guest-kind", "process", "--hog", "1", "--duration", "4s", "--grace", Patience);
        Assert.That(run.GetProperty("forcedStops").GetInt64(), Is.EqualTo(1));
        Assert.That(SharingRun.Texts(run, "state"), Is.EqualTo(new[] { "done", "done", "done", "stopped" }));
        Assert.That(run.GetProperty("guests")[3].GetProperty("endOfProcess").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase("")]
    [TestCase("--respawn")]
    public void AHogLosesTheNicUntilItIsQuarantinedAndItsProcessLivesOnUnlessItIsReplaced(string respawn)
    {
        string[] more = respawn.Length == 0 ? [] : [respawn];
        JsonElement run = SharingRun.Of(["--guest-kind", "process", "--policy", "detach", "--hog", "1", "--guests", "2", "--duration", "6s", "--grace", Patience, .. more]);
        JsonElement hog = run.GetProperty("guests")[1];
        Assert.That(hog.GetProperty("forcedStops").GetInt32(), more.Length == 0 ? Is.EqualTo(3) : Is.GreaterThanOrEqualTo(3));
        Assert.That(hog.GetProperty("replaced").GetInt32(), more.Length == 0 ? Is.Zero : Is.Positive);
        if (more.Length == 0)
            Assert.That(SharingRun.Texts(run, "state"), Is.EqualTo(new[] { "done", "quarantined" }));
    }

    [Test]
    public void AProcessThatIsKilledLosesWhatItHadAndIsNamed()
    {
        using VpioProcess process = Start("--json", "--guest-kind", "process", "--guests", "3");
        int victim = ChildProcesses.Await(process.Id, 3)[1];
        ChildProcesses.Signal("KILL", victim);
        JsonElement run = Interrupt(process);
        Assert.That(run.GetProperty("ok").GetBoolean(), Is.True);
        JsonElement dead = run.GetProperty("guests").EnumerateArray().Single(guest => guest.GetProperty("state").GetString() == "dead");
        Assert.That(dead.GetProperty("endOfProcess").GetString(), Is.EqualTo("signal 9"));
        Assert.That(SharingRun.Texts(run, "state").Count(state => state == "done"), Is.EqualTo(2));
    }

    [Test]
    public void TheSummaryNamesAProcessThatEndedAndTheKinds()
    {
        using VpioProcess process = Start("--guest-kind", "process,inprocess", "--guests", "2");
        ChildProcesses.Signal("KILL", ChildProcesses.Await(process.Id, 1)[0]);
        ChildProcesses.Signal("INT", process.Id);
        VpioProcess.Outcome outcome = process.Wait();
        Assert.That(outcome.Output, Does.Contain("The process of d1 ended by itself: signal 9.").And.Contain("kind").And.Contain("inprocess"));
        Assert.That(outcome.Output, Does.Contain("Every frame is accounted for."));
    }

    [Test]
    public void AProcessThatIsHaltedIsAGuestThatIgnoresItsUpcall()
    {
        using VpioProcess process = Start("--json", "--guest-kind", "process", "--guests", "3", "--grace", Patience);
        int victim = ChildProcesses.Await(process.Id, 3)[0];
        ChildProcesses.Signal("STOP", victim);
        Assert.That(SpinWait.SpinUntil(() => !ChildProcesses.Lives(victim), Limit), Is.True, "The halted process lives on.");
        JsonElement run = Interrupt(process);
        Assert.That(run.GetProperty("forcedStops").GetInt64(), Is.EqualTo(1));
        Assert.That(SharingRun.Texts(run, "state").Order(), Is.EqualTo(new[] { "done", "done", "stopped" }));
    }

    [TestCase("process")]
    [TestCase("inprocess")]
    public void GuestsThatAreStoppedAreReplaced(string kind)
    {
        JsonElement run = SharingRun.Of("--guest-kind", kind, "--hog", "1", "--respawn", "--duration", "4s", "--grace", Patience);
        JsonElement hog = run.GetProperty("guests")[3];
        Assert.That(hog.GetProperty("replaced").GetInt32(), Is.Positive);
        Assert.That(hog.GetProperty("forcedStops").GetInt32(), Is.GreaterThanOrEqualTo(hog.GetProperty("replaced").GetInt32()), "the former guests' figures are kept");
        Assert.That(run.GetProperty("guests").EnumerateArray().Take(3).Select(guest => guest.GetProperty("replaced").GetInt32()), Has.All.Zero);
    }

    [Test]
    public void ASuccessorSendsWhatIsLeftOfAReplay()
    {
        string input = Path.Combine(Folder, "in.pcap");
        byte[][] frames = [.. Enumerable.Range(0, 600).Select(i => Traffic.Frames.Make(Traffic.Frames.Mac(i % 2), Traffic.Frames.Mac(5), 1500, i))];
        File.WriteAllBytes(input, Traffic.CaptureBuilder.Classic(frames));
        using VpioProcess process = Start("--json", "--guest-kind", "process", "--respawn", "--pcap", input, "--rate", "100");
        ChildProcesses.Signal("KILL", ChildProcesses.Await(process.Id, 2)[0]);
        VpioProcess.Outcome outcome = process.Wait();

        Assert.That(outcome.Code, Is.Zero, outcome.Error + outcome.Output);
        Assert.That(outcome.Json.GetProperty("framesSent").GetInt64(), Is.EqualTo(600));
        Assert.That(outcome.Json.GetProperty("guests").EnumerateArray().Sum(guest => guest.GetProperty("replaced").GetInt32()), Is.EqualTo(1));
    }

    [Test]
    public void WhenTheHypervisorIsKilledItsGuestsSaySoAndEndAndNothingIsLeft()
    {
        string program = Script($"\"{Environment.ProcessPath}\" \"{Path.Combine(AppContext.BaseDirectory, "vpio.dll")}\" guest\necho \"code $?\" >&2");
        string[] before = Directory.GetFiles(Path.GetTempPath()); // Others may have left files of processes with these numbers.
        using VpioProcess process = Start("--guest-program", program, "--guests", "2");
        int[] guests = ChildProcesses.Await(process.Id, 2);
        ChildProcesses.Signal("KILL", process.Id);
        VpioProcess.Outcome outcome = process.Wait(); // Waits for the end of standard error, which the guests have too.

        Assert.That(outcome.Error.Split("has ended, and its devices with it").Length - 1, Is.EqualTo(2), outcome.Error);
        Assert.That(outcome.Error.Split("code 7").Length - 1, Is.EqualTo(2), outcome.Error);
        foreach (int id in guests.Append(process.Id))
        {
            Assert.That(SpinWait.SpinUntil(() => !ChildProcesses.Lives(id), Limit), Is.True);
            Assert.That(Directory.EnumerateFiles(Path.GetTempPath(), $"*-{id}-*").Except(before), Is.Empty);
        }
    }

    [Test]
    public void AnInterruptedRunLetsItsProcessesEnd()
    {
        using VpioProcess process = Start("--json", "--guest-kind", "process", "--guests", "2");
        ChildProcesses.Signal("TERM", process.Id);
        VpioProcess.Outcome outcome = process.Wait();
        Assert.That(outcome.Code, Is.EqualTo(143), outcome.Error);
        Assert.That(SharingRun.Texts(outcome.Json, "state"), Has.All.EqualTo("done"));
        Assert.That(outcome.Error, Is.Empty);
    }

    [Test]
    public void AGuestWithoutAHypervisorSaysSo()
    {
        VpioProcess.Outcome outcome = VpioProcess.Run("guest");
        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.Error, Does.Match(@"^vpio: [^\n]*control socket[^\n]*\.\r?\n$"));
    }

    [TestCase("exit 0", "exit code 0")]
    [TestCase("exit 17", "exit code 17")]
    [TestCase("kill -9 $$", "signal 9")]
    public void AProgramThatIsNoneForGuestsIsRefused(string script, string end)
    {
        VpioProcess.Outcome outcome = VpioProcess.Run("run", "--guest-program", Script(script), "--duration", "1s");
        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.Error, Does.StartWith("vpio: guest d").And.Contain(end));
    }

    [Test]
    public void AProgramThatIsNotThereIsRefused()
    {
        VpioProcess.Outcome outcome = VpioProcess.Run("run", "--guest-program", Path.Combine(Folder, "none"));
        Assert.That((outcome.Code, outcome.Output), Is.EqualTo((2, "")));
        Assert.That(outcome.Error, Does.Contain("does not exist"));
    }

    [Test]
    public void AFileThatIsNoProgramIsRefused()
    {
        string file = Path.Combine(Folder, "text");
        File.WriteAllText(file, "no program");
        VpioProcess.Outcome outcome = VpioProcess.Run("run", "--guest-program", file);
        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.Error, Does.Match(@"^vpio: [^\n]*cannot be started[^\n]*\.\r?\n$"));
    }

    private static JsonElement Interrupt(VpioProcess process)
    {
        ChildProcesses.Signal("INT", process.Id);
        VpioProcess.Outcome outcome = process.Wait();
        Assert.That(outcome.Code, Is.EqualTo(130), outcome.Error + outcome.Output);
        return outcome.Json;
    }

    // Under way once frames are carried: then all guests have come up.
    private VpioProcess Start(params string[] arguments)
    {
        string[] patience = arguments.Contains("--grace") ? [] : ["--grace", Patience];
        VpioProcess process = VpioProcess.Start(["run", "--duration", "80s", "--pcap-out", Output, .. patience, .. arguments]);
        Assert.That(SpinWait.SpinUntil(() => File.Exists(Output) && new FileInfo(Output).Length > 0, Limit), Is.True, "The run carried no frame.");
        return process;
    }

    private string Script(string body)
    {
        string path = Path.Combine(Folder, "program");
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
