using Vpio.Abi;
using Vpio.Hypervisor.Guests;
using Vpio.Jobs;

namespace Vpio.CGuest.Tests.Processes;

/// <summary>Ends the hypervisor under the guest's program in C, which must notice wherever it is, and end (docs/guests.md, "Ends").</summary>
[Platform(Include = "Linux", Reason = "Guests in processes of their own need Linux.")]
internal sealed class HypervisorEndTests
{
    private static readonly GuestExit WithoutHypervisor = new(7, null);

    [Test]
    public void ItIsNoticedAsleepOnACall([Values(DeviceOp.Negotiate, DeviceOp.Map, DeviceOp.Grab)] DeviceOp unanswered)
    {
        using ScriptedHypervisor hypervisor = new(operation => operation == unanswered ? null : DeviceStatus.Ok);
        JobGuest.Until(() => hypervisor.IsGuestAsleep);
        Assert.That(hypervisor.Vanish(), Is.EqualTo(WithoutHypervisor));
    }

    [Test]
    public void ItIsNoticedAsleepForTheDevice()
    {
        using ScriptedHypervisor hypervisor = new(operation => operation == DeviceOp.Grab ? DeviceStatus.Queued : DeviceStatus.Ok);
        JobGuest.Until(() => hypervisor.End.Activity == GuestActivity.Waiting && hypervisor.HasAnswered(DeviceOp.Grab) && hypervisor.IsGuestAsleepElsewhere);
        Assert.That(hypervisor.Vanish(), Is.EqualTo(WithoutHypervisor));
    }

    [Test]
    public void ItIsNoticedWhileThePageAndTheRegistersArePolled()
    {
        // The device never runs the ring that it is given.
        using ScriptedHypervisor hypervisor = new(_ => DeviceStatus.Ok);
        JobGuest.Until(() => hypervisor.IsReceiveOffered);
        Assert.That(hypervisor.Vanish(), Is.EqualTo(WithoutHypervisor));
    }

    [Test]
    public void ItIsNoticedBeforeTheRunBegins()
    {
        using ScriptedHypervisor hypervisor = new(_ => DeviceStatus.Ok, JobPhase.Starting);
        JobGuest.Until(() => hypervisor.End.Activity == GuestActivity.Ready);
        Assert.That(hypervisor.Vanish(), Is.EqualTo(WithoutHypervisor));
    }
}
