using System.Diagnostics;
using Vpio.Abi;
using Vpio.CrossProcess;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Protocol.Tests.CrossProcess;

/// <summary>Runs the protocol between processes: guests with the real driver on mapped pages, killed while they hold the device (docs/abi.md, "Who may write what", "Guest page").</summary>
[TestFixture]
[Category("CrossProcess")]
[Platform(Include = "Linux", Reason = "Guests in processes of their own need Linux.")]
internal sealed class CrossProcessTests
{
    private const int Abort = 6;
    private const int Segmentation = 11;

    private static readonly GuestExit Sound = new(ExitCodes.Sound, null);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private ReferenceHypervisor _hypervisor = null!;
    private SharedDevice _device = null!;

    [SetUp]
    public void StartHypervisor()
    {
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { Slice = HypervisorOptions.MinDuration, Grace = HypervisorOptions.MaxDuration, GuestMemoryBytes = 4096, ApplicationBytes = Notebook.Bytes });
        _device = _hypervisor.AddDevice(new Nic(new LoopbackWire()));
    }

    [TearDown]
    public void EndHypervisor()
    {
        _hypervisor.Dispose();
    }

    [Test]
    public void GuestsInProcessesTakeTurnsAndSeeEveryPromiseKept()
    {
        ChildGuest[] guests = [.. Enumerable.Range(0, 3).Select(_ => Start("turns", 500))];
        foreach (ChildGuest guest in guests)
            Assert.That(guest.AwaitEnd(Patience), Is.EqualTo(Sound), guest.Said);
        Assert.That(_device.State.State, Is.EqualTo(DeviceState.Free));
        Assert.That(_device.Statistics.Grants, Is.GreaterThanOrEqualTo(1500));
    }

    [Test]
    public void TheDeviceComesBackFromAGuestWhoseProcessIsKilledWhileItHolds()
    {
        _device.Slice = HypervisorOptions.MaxDuration; // Else who looks at the victim late finds it stopped, for it never gives the device back.
        ChildGuest lasting = Start("turns", 1_000);
        for (int round = 0; round < 4; round++)
        {
            ChildGuest victim = Start("hold", 1);
            Assert.That(SpinWait.SpinUntil(() => victim.Progress != 0, Patience), "the victim never got the device");
            Assert.That(_device.State.Owner, Is.EqualTo(victim.Guest.Id));
            victim.Kill();
            Assert.That(victim.Guest.State, Is.EqualTo(GuestState.Stopped));
            Assert.That(_device.State.IsHeldBy(victim.Guest.Id, new Generation(victim.Progress)), Is.False);
            _hypervisor.RemoveGuest(victim.Guest);
        }

        Assert.That(lasting.AwaitEnd(Patience), Is.EqualTo(Sound), lasting.Said);
        Assert.That(_device.State.State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void GuestsWhoseProcessesAreKilledAtAnyMomentHoldNobodyUp()
    {
        Random random = new(7);
        ChildGuest lasting = Start("turns", 2_000);
        for (int round = 0; round < 4; round++)
        {
            ChildGuest victim = Start("turns", long.MaxValue);
            ulong far = (ulong)random.Next(1, 200);
            Assert.That(SpinWait.SpinUntil(() => victim.Progress >= far, Patience));
            victim.Kill();
            _hypervisor.RemoveGuest(victim.Guest);
        }

        Assert.That(lasting.AwaitEnd(Patience), Is.EqualTo(Sound), lasting.Said);
        Assert.That(_device.State.State, Is.EqualTo(DeviceState.Free));
        Assert.That(_device.Slot.Waiters, Is.Zero);
    }

    [Test]
    public void NoUpcallIsLostOnItsWayToAnotherProcess()
    {
        const int Upcalls = 2_000;
        ChildGuest guest = Start("echo", Upcalls);
        Assert.That(Echoed(guest, Upcalls, events => guest.Guest.Upcalls.Raise(_device.Index, events)), Is.EqualTo(Upcalls));
        Assert.That(guest.AwaitEnd(Patience), Is.EqualTo(Sound), guest.Said);
    }

    [Test]
    public void ALineThatRaisesEventsAfterPendingIsFoundOut()
    {
        ChildGuest guest = Start("echo", 1);
        Assert.That(Echoed(guest, 1, events => RaisePendingFirst(guest.Guest, events), TimeSpan.FromSeconds(2)), Is.Zero);
    }

    [Test]
    public void AGenerationThatGoesBackIsFoundOut()
    {
        ChildGuest watcher = Start("watch", long.MaxValue);
        ShowUntilItEnds(watcher, Owned(by: 1, 9), Owned(by: 1, 8));
        Assert.That(watcher.AwaitEnd(Patience), Is.EqualTo(new GuestExit(ExitCodes.PromiseBroken, null)));
        Assert.That(watcher.Said, Does.Contain("generation 8 after 9"));
    }

    [Test]
    public void TwoOwnersOfOneGenerationAreFoundOut()
    {
        ChildGuest watcher = Start("watch", long.MaxValue);
        ShowUntilItEnds(watcher, Owned(by: 1, 9), Owned(by: 2, 9));
        Assert.That(watcher.AwaitEnd(Patience), Is.EqualTo(new GuestExit(ExitCodes.PromiseBroken, null)));
        Assert.That(watcher.Said, Does.Contain("generation 9 is of"));
    }

    [Test]
    public void AWriteToTheDevicePageEndsTheGuestsProcessAndChangesNothing()
    {
        StateWord before = _device.State;
        ChildGuest guest = Start("scribble", 1);
        Assert.That(guest.AwaitEnd(Patience).Signal, Is.EqualTo(Segmentation).Or.EqualTo(Abort));
        Assert.That(_device.State, Is.EqualTo(before));
    }

    [Test]
    public void AGuestNoticesThatItsHypervisorWasKilledAndNothingIsLeftOfEither()
    {
        string[] before = [.. Entries()];
        using Process host = Process.Start(new ProcessStartInfo("dotnet", [ChildGuest.Program, "host"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_EnableDiagnostics"] = "0" },
        })!;
        string? guest = host.StandardOutput.ReadLine();
        Assert.That(guest, Does.Match("^[0-9]+$"), "the guest holds the device");
        host.Kill();

        // The guest has the other end of this pipe: it ends when the guest does.
        Assert.That(host.StandardError.ReadToEnd(), Does.Contain("and the hypervisor has ended"));
        string[] numbers = [$"{host.Id}", guest!];
        Assert.That(Entries().Except(before).Where(file => file.StartsWith("/dev/shm", StringComparison.Ordinal) || Path.GetFileName(file).Split('-').Intersect(numbers).Any()), Is.Empty);
    }

    [Test]
    public void AGuestThatIsStoppedBySigstopLosesTheDeviceAsOneThatIgnoresItsUpcall()
    {
        _device.Grace = HypervisorOptions.MinDuration;
        ChildGuest frozen = Start("hold", 1);
        Assert.That(SpinWait.SpinUntil(() => frozen.Progress != 0, Patience));
        ChildGuest.Send(frozen.Guest.Process!.Id, ChildGuest.Stop19);
        ChildGuest next = Start("turns", 1);
        Assert.That(next.AwaitEnd(Patience), Is.EqualTo(Sound), next.Said);
        Assert.That(frozen.AwaitEnd(Patience), Is.EqualTo(new GuestExit(null, ChildGuest.Kill9)));
        Assert.That(() => frozen.Guest.Resume(), Throws.InvalidOperationException);
    }

    [Test]
    public void AProgramThatIsNotThereIsSaidSoAndLeavesAGuestThatCanBeRemoved()
    {
        Guest guest = _hypervisor.AddGuest(new GuestCommand("/no/such/program", []));
        Assert.That(() => guest.Process!.Start(), Throws.InstanceOf<System.ComponentModel.Win32Exception>().With.Message.Contains("/no/such/program"));
        Assert.That(() => guest.Process!.Start(), Throws.InvalidOperationException);
        Assert.That(() => guest.Port, Throws.InvalidOperationException);
        _hypervisor.RemoveGuest(guest);
        Assert.That(guest.Process!.Exit, Is.Null);
        Guest removed = _hypervisor.AddGuest(new GuestCommand("true", []));
        _hypervisor.RemoveGuest(removed);
        Assert.That(() => removed.Process!.Start(), Throws.InvalidOperationException);
        Assert.That(() => _hypervisor.AddGuest(new GuestCommand("", [])), Throws.ArgumentException);
        Assert.That(() => _hypervisor.AddGuest(new GuestCommand("true", null!)), Throws.ArgumentNullException);
    }

    [Test]
    public void AGuestInheritsNoDescriptorThatThisProcessInheritsToItsChildren()
    {
        using FileStream inheritable = new(typeof(CrossProcessTests).Assembly.Location, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Inheritable);
        Guest guest = _hypervisor.AddGuest(new GuestCommand("sh", ["-c", $"test -e /proc/self/fd/3 && ! test -e /proc/self/fd/{inheritable.SafeFileHandle.DangerousGetHandle()}"]));
        guest.Process!.Start();
        Assert.That(guest.Process.Ended.Wait(Patience));
        Assert.That(guest.Process.Exit, Is.EqualTo(new GuestExit(0, null)));
    }

    private static IEnumerable<string> Entries() => Directory.GetFileSystemEntries("/dev/shm").Concat(Directory.GetFileSystemEntries("/tmp"));

    private ChildGuest Start(string role, long count)
    {
        ChildGuest child = new(_hypervisor, role, count);
        Guest guest = child.Guest;
        ((Nic)_device.Device).SetMacAddress(guest.Id, World.AddressOf(guest.Id.Value));
        _hypervisor.Assign(guest, _device);
        guest.Process!.Start();
        return child;
    }

    private static int Echoed(ChildGuest guest, int upcalls, Action<DeviceEvents> raise, TimeSpan? patience = null)
    {
        for (int i = 1; i <= upcalls; i++)
        {
            raise(DeviceEvents.RxPending);
            if (!SpinWait.SpinUntil(() => guest.Progress >= (ulong)i, patience ?? Patience))
                return i - 1;
        }

        return upcalls;
    }

    /// <summary>Is the planted bug: pending before the events, with the guest's look in between.</summary>
    private void RaisePendingFirst(Guest guest, DeviceEvents events)
    {
        ref GuestPage page = ref guest.Pages.Page.At<GuestPage>(0);
        Interlocked.Exchange(ref page.UpcallPending, 1);
        guest.Upcalls.Reopen(); // Wakes who sleeps.
        while (Volatile.Read(ref page.UpcallPending) != 0)
            Thread.Yield();
        while (Volatile.Read(ref page.UpcallMask) != 0)
            Thread.Yield();
        Interlocked.Or(ref GuestPage.Events(ref page, _device.Index), (uint)events);
        Interlocked.Or(ref page.PendingSelector, 1UL << (int)_device.Index.Value);
    }

    /// <summary>Doctors the device page: shows words in turn until the watcher has seen what is wrong with them.</summary>
    private void ShowUntilItEnds(ChildGuest watcher, params StateWord[] words)
    {
        bool Ended()
        {
            foreach (StateWord word in words)
            {
                Volatile.Write(ref _device.Slot.State, word.Value);
                Thread.SpinWait(10_000);
            }

            return watcher.HasEnded;
        }

        Assert.That(SpinWait.SpinUntil(Ended, Patience), "the doctored page was believed");
        Volatile.Write(ref _device.Slot.State, new StateWord(DeviceState.Free, DomainId.Invalid, new Generation(0)).Value);
    }

    private static StateWord Owned(ushort by, ulong generation) => new(DeviceState.Owned, new DomainId(by), new Generation(generation));
}
