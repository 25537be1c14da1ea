using System.Text.Json;
using Vpio.Programs;

namespace Vpio.Tool.Tests.Process;

/// <summary>Guests in virtual machines that run the assembled program, which needs no compiler: every frame is accounted for, whatever becomes of one of them.</summary>
[NonParallelizable]
internal sealed class AssembledMachineTests
{
    // Long where a guest must not be stopped: the machine of a test run is a busy one.
    private const string Patience = "1s";

    [SetUp]
    public void Demand() => UsableKvm.Demand();

    [TestCase("mixed", "10000")]
    [TestCase("tx", "max")]
    [TestCase("rx", "1000")]
    public void AssembledGuestsShareTheNicAndEveryFrameIsAccountedFor(string role, string rate) => SharingRun.LosesNothing("kvm-asm", role, rate, Patience);

    [Test]
    public void AnAssembledGuestSharesWithEveryOtherKind()
    {
        InstalledProgram.Demand("gcc");
        JsonElement run = SharingRun.Of("--guest-kind", "inprocess,process,c,kvm,kvm-asm", "--guests", "10", "--duration", "1s", "--grace", Patience);
        Assert.That(SharingRun.Texts(run, "state"), Has.All.EqualTo("done"));
        Assert.That(Frames(run, "framesSent")[4], Is.Positive);
        Assert.That(Frames(run, "framesReceived")[9], Is.Positive);
        Assert.That(run.GetProperty("framesLost").GetInt64(), Is.Zero);
    }

    [Test]
    public void NoAssembledGuestTouchesTheDeviceWhenItIsNotItsOwn()
    {
        JsonElement run = SharingRun.Of("--guest-kind", "kvm-asm", "--guests", "8", "--rate", "max", "--duration", "1s", "--slice", "1ms", "--grace", Patience, "--stray-access", "stop");
        Assert.That(SharingRun.Texts(run, "state"), Has.All.EqualTo("done"));
    }

    [Test]
    public void AnAssembledHogIsEndedAndTheOthersGoOn()
    {
        JsonElement run = SharingRun.Of("--guest-kind", "kvm-asm", "--hog", "1", "--duration", "4s", "--grace", Patience);
        Assert.That(run.GetProperty("forcedStops").GetInt64(), Is.EqualTo(1));
        Assert.That(SharingRun.Texts(run, "state"), Is.EqualTo(new[] { "done", "done", "done", "stopped" }));
        Assert.That(run.GetProperty("framesLost").GetInt64(), Is.Zero);
    }

    [TestCase("tx", "framesSent")]
    [TestCase("rx", "framesReceived")]
    public void AnAssembledGuestThatLosesTheDeviceGoesOnWithOthersThatLoseNothing(string role, string moved)
    {
        // The hog is the last guest: of two transmitters one, of a transmitter and a receiver the receiver.
        JsonElement run = SharingRun.Of("--guest-kind", "kvm-asm", "--guests", "2", "--role", role == "tx" ? "tx" : "mixed", "--hog", "1", "--policy", "detach", "--duration", "6s", "--grace", Patience);
        Assert.That(run.GetProperty("forcedStops").GetInt64(), Is.EqualTo(3));
        Assert.That(Frames(run, moved)[1], Is.Positive);
        Assert.That(run.GetProperty("framesLost").GetInt64(), Is.Zero);
    }

    private static long[] Frames(JsonElement run, string name) =>
        [.. run.GetProperty("guests").EnumerateArray().Select(guest => guest.GetProperty(name).GetInt64())];
}
