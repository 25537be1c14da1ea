using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Iommu;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Guests;

/// <summary>Holds that stop and resume are whole: what one says has happened, has happened (docs/ownership.md, rule 8).</summary>
[TestFixture]
internal sealed class ResumeTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public void AGuestResumedTheMomentItIsStoppedRuns()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = HypervisorOptions.MinDuration, Grace = HypervisorOptions.MinDuration });
        Nic nic = new(new LoopbackWire());
        SharedDevice device = hypervisor.AddDevice(nic);
        RawGuest hog = AddGuest(hypervisor, nic, device);
        RawGuest other = AddGuest(hypervisor, nic, device);
        for (int turn = 0; turn < 1_000; turn++)
        {
            Assert.That(hog.TryGrab(), Is.EqualTo(DeviceStatus.Ok), $"turn {turn}");
            Assert.That(other.Queue(), Is.EqualTo(DeviceStatus.Queued));
            Assert.That(SpinWait.SpinUntil(() => hog.Guest.State == GuestState.Stopped, Patience), "it outlived its grace");
            hog.Guest.Resume();
            Assert.That(hog.Guest.State, Is.EqualTo(GuestState.Running));
            Assert.That(hog.Cancel(), Is.EqualTo(DeviceStatus.NotFound), $"turn {turn}: it runs, so its calls are taken");
            Assert.That(SpinWait.SpinUntil(() => other.Owns, Patience));
            Assert.That(hog.Cancel(), Is.EqualTo(DeviceStatus.NotFound), $"turn {turn}: no part of the stop comes late");
            other.Release();
        }
    }

    [Test]
    public void AGuestStoppedAndResumedByManyAtOnceIsEitherAndNothingBetween()
    {
        using ReferenceHypervisor hypervisor = new();
        Nic nic = new(new LoopbackWire());
        RawGuest guest = AddGuest(hypervisor, nic, hypervisor.AddDevice(nic));
        for (int round = 0; round < 200; round++)
        {
            Parallel.For(0, 4, i =>
            {
                if (i % 2 == 0)
                    guest.Guest.Stop();
                else
                    TryResume(guest.Guest);
            });
            bool runs = guest.Guest.State == GuestState.Running;
            Assert.That(guest.Cancel(), Is.EqualTo(runs ? DeviceStatus.NotFound : DeviceStatus.Denied), $"round {round}");
            Assert.That(guest.Wait(timeoutNs: 0), runs ? Is.Not.EqualTo(DeviceStatus.Denied) : Is.EqualTo(DeviceStatus.Denied));
        }
    }

    [Test]
    public void OnlyAStoppedGuestIsResumed()
    {
        using ReferenceHypervisor hypervisor = new();
        Guest guest = hypervisor.AddGuest();
        Assert.That(guest.Resume, Throws.InvalidOperationException.With.Message.Contains("Running"));
        hypervisor.RemoveGuest(guest);
        Assert.That(guest.Resume, Throws.InvalidOperationException.With.Message.Contains("Removed"));
    }

    [Test]
    public void AResumedGuestFindsTheDeviceAsIfItHadNeverUsedIt()
    {
        using World world = new(guests: 2);
        (RawGuest a, RawGuest b) = (world.Guests[0], world.Guests[1]);
        RegisterWindow window = a.Port.GetWindow(world.Device.Index);
        a.TryGrab();
        window.Write64(NicRegister.TxRingIova, 0x1230);
        a.Release();

        // Another's context is on the device when it is stopped: its own is out of the stop's reach, and in the resume's.
        b.TryGrab();
        a.Guest.Stop();
        a.Guest.Resume();
        b.Release();
        Assert.That(a.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(window.Read64(NicRegister.TxRingIova), Is.Zero);
    }

    [Test]
    public void ADeviceThatIsAssignedWhileItsGuestIsResumedKeepsThingsForIt()
    {
        using ReferenceHypervisor hypervisor = new();
        Guest guest = hypervisor.AddGuest();
        guest.Stop();
        RecordingDevice recorder = new();

        // The guest is resumed between the look whether it is stopped and what follows from it: the resume comes in between, or waits.
        Task resume = Task.CompletedTask;
        recorder.BeforeStep = step =>
        {
            if (step.StartsWith("suspend", StringComparison.Ordinal) && guest.State == GuestState.Stopped)
                (resume = Task.Run(guest.Resume)).Wait(TimeSpan.FromMilliseconds(100));
        };
        hypervisor.Assign(guest, hypervisor.AddDevice(recorder));
        Assert.That(resume.Wait(Patience));
        Assert.That(guest.State, Is.EqualTo(GuestState.Running));
        Assert.That(recorder.Steps[^1], Does.StartWith("resume"));
        recorder.BeforeStep = null;
    }

    [Test]
    public void ARemovedGuestsMemoryIsOutOfReachOfEveryDevice()
    {
        using World world = new(guests: 1);
        RawGuest guest = world.Guests[0];
        MapArgs map = new() { Iova = 0x1000, Address = 0, Length = 4096, Access = (uint)DmaAccess.Read };
        Assert.That(guest.Call(ref map), Is.EqualTo(DeviceStatus.Ok));
        DmaPort port = new(guest.Guest.Iommu, guest.Guest.Pages.Memory);
        byte[] bytes = new byte[8];
        Assert.That(port.TryRead(new Iova(0x1000), bytes));
        world.Hypervisor.RemoveGuest(guest.Guest);
        Assert.That(port.TryRead(new Iova(0x1000), bytes), Is.False);
    }

    private static void TryResume(Guest guest)
    {
        try
        {
            guest.Resume();
        }
        catch (InvalidOperationException)
        {
            // It runs: another was first.
        }
    }

    private static RawGuest AddGuest(ReferenceHypervisor hypervisor, Nic nic, SharedDevice device)
    {
        Guest guest = hypervisor.AddGuest();
        nic.SetMacAddress(guest.Id, World.AddressOf(guest.Id.Value));
        hypervisor.Assign(guest, device);
        return new RawGuest(guest);
    }
}
