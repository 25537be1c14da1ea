using System.Text.Json;
using Vpio.Programs;

namespace Vpio.Tool.Tests.Process;

/// <summary>Guests in virtual machines do the same job: whatever becomes of one of them, the others go on and every frame is accounted for.</summary>
[NonParallelizable]
internal sealed class GuestMachineTests
{
    // Long where a guest must not be stopped: the machine of a test run is a busy one.
    private const string Patience = "1s";

    [SetUp]
    public void Demand()
    {
        UsableKvm.Demand();
        InstalledProgram.Demand("gcc");
    }

    [TestCase("kvm", "mixed", "10000")]
    [TestCase("kvm", "tx", "max")]
    [TestCase("kvm", "rx", "1000")]
    [TestCase("inprocess,process,c,kvm", "mixed", "1000")]
    public void GuestsOfEveryKindShareTheNicAndEveryFrameIsAccountedFor(string kinds, string role, string rate) => SharingRun.LosesNothing(kinds, role, rate, Patience);

    [Test]
    public void EightMachinesShareTheNic()
    {
        JsonElement run = SharingRun.Of("--guest-kind", "kvm", "--guests", "8", "--duration", "1s", "--slice", "1ms", "--grace", Patience);
        Assert.That(run.GetProperty("framesReceived").GetInt64(), Is.Positive);
        Assert.That(SharingRun.Texts(run, "state"), Has.All.EqualTo("done"));
    }

    [Test]
    public void AHogsMachineIsEndedAndTheOthersGoOn()
    {
        JsonElement run = SharingRun.Of("--guest-kind", "kvm", "--hog", "1", "--duration", "4s", "--grace", Patience);
        Assert.That(run.GetProperty("forcedStops").GetInt64(), Is.EqualTo(1));
        Assert.That(SharingRun.Texts(run, "state"), Is.EqualTo(new[] { "done", "done", "done", "stopped" }));
        Assert.That(run.GetProperty("framesLost").GetInt64(), Is.Zero);
    }

    [Test]
    public void AHogsMachineIsReplaced()
    {
        JsonElement run = SharingRun.Of("--guest-kind", "kvm", "--hog", "1", "--respawn", "--duration", "4s", "--grace", Patience);
        Assert.That(run.GetProperty("guests").EnumerateArray().Last().GetProperty("replaced").GetInt32(), Is.Positive);
        Assert.That(run.GetProperty("framesLost").GetInt64(), Is.Zero);
    }

    [Test]
    public void WhereThereIsNoKvmItIsSaidInOneSentence()
    {
        VpioProcess.Outcome outcome = VpioProcess.Run("run", "--guest-kind", "kvm", "--kvm-descriptor", "77");
        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.Output, Is.Empty);
        Assert.That(outcome.Error, Is.EqualTo("vpio: --guest-kind kvm: descriptor 77 is not open: let this process inherit an open descriptor of /dev/kvm; or use --guest-kind process.\n"));
    }
}
