using System.Diagnostics;
using System.Text.Json;
using Vpio.Hypervisor.Captures;

namespace Vpio.Tool.Tests.Process;

/// <summary>A signal ends a run cleanly: guests end, the output is whole, what was done is said.</summary>
[NonParallelizable]
internal sealed class InterruptionTests : FolderFixture
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private string Output => Path.Combine(Folder, "out.pcap");

    [SetUp]
    public void DemandTheSystem()
    {
        if (OperatingSystem.IsWindows())
            Assert.Ignore("Windows has no kill.");
    }

    [TestCase("HUP", 129)]
    [TestCase("INT", 130)]
    [TestCase("TERM", 143)]
    public void AnInterruptedRunPrintsItsObjectAndClosesItsCapture(string signal, int code)
    {
        using VpioProcess process = VpioProcess.Start("run", "--json", "--duration", "60s", "--grace", "1s", "--pcap-out", Output);
        WaitForFrames();
        Kill(signal, process.Id);
        VpioProcess.Outcome outcome = process.Wait();

        Assert.That(outcome.Code, Is.EqualTo(code), outcome.Error);
        Assert.That(outcome.Error, Is.Empty);
        JsonElement run = outcome.Json;
        Assert.That(run.GetProperty("ok").GetBoolean(), Is.True);
        Assert.That(run.GetProperty("interrupted").GetBoolean(), Is.True);
        Assert.That(run.GetProperty("durationSeconds").GetDouble(), Is.LessThan(60));
        Assert.That(CountFrames(), Is.EqualTo(run.GetProperty("framesSent").GetInt64()));
    }

    [Test]
    public void AnInterruptedRunPrintsItsSummary()
    {
        using VpioProcess process = VpioProcess.Start("run", "--duration", "60s", "--grace", "1s", "--pcap-out", Output);
        WaitForFrames();
        Kill("INT", process.Id);
        VpioProcess.Outcome outcome = process.Wait();

        Assert.That(outcome.Code, Is.EqualTo(130), outcome.Error);
        Assert.That(outcome.Output, Does.Contain("Interrupted").And.Contain("Every frame is accounted for."));
    }

    // The capture grows once frames are carried: then the run is well under way.
    private void WaitForFrames()
    {
        bool grown = SpinWait.SpinUntil(() => File.Exists(Output) && new FileInfo(Output).Length > 0, Limit);
        Assert.That(grown, Is.True, "The run carried no frame.");
    }

    private static void Kill(string signal, int id)
    {
        using System.Diagnostics.Process kill = System.Diagnostics.Process.Start(new ProcessStartInfo("kill", ["-s", signal, $"{id}"]))!;
        kill.WaitForExit();
        Assert.That(kill.ExitCode, Is.Zero);
    }

    private long CountFrames()
    {
        using CaptureReader reader = CaptureReader.Open(File.OpenRead(Output), Output);
        while (reader.TryReadNext(out _))
        {
        }

        return reader.FramesRead;
    }
}
