using Microsoft.Extensions.Time.Testing;
using Vpio.Abi;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Protocol.Tests;

/// <summary>Holds the order of a reclaim, however an ownership ends (docs/ownership.md, rule 7): window dead, DMA drained, reset, restored, next owner.</summary>
[TestFixture]
internal sealed class ReclaimOrderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly FakeTimeProvider _time = new();
    private ReferenceHypervisor _hypervisor = null!;
    private RecordingDevice _recorder = null!;
    private SharedDevice _device = null!;
    private RawGuest _owner = null!;
    private RawGuest _next = null!;

    private static Dictionary<string, Action<ReclaimOrderTests>> OrderlyEnds => new()
    {
        ["release"] = test => test._owner.Release(),
        ["release when asked to"] = test =>
        {
            test._time.Advance(test._device.Slice);
            test._owner.Release();
        },
    };

    private static Dictionary<string, Action<ReclaimOrderTests>> ForcedEnds => new()
    {
        ["timeout, the guest is stopped"] = test => test.OutliveGrace(OverrunPolicy.Stop),
        ["timeout, the device is taken"] = test => test.OutliveGrace(OverrunPolicy.Detach),
        ["stop by domain 0"] = test => test._owner.Guest.Stop(),
        ["removal of the guest"] = test => test._hypervisor.RemoveGuest(test._owner.Guest),
        ["the guest's own end"] = test => test._owner.Port.Dispose(),
    };

    private static Dictionary<string, Action<ReclaimOrderTests>> EndsOfTheDevice => new()
    {
        ["unplug"] = test => test._hypervisor.RemoveDevice(test._device),
        ["shutdown"] = test => test._hypervisor.Dispose(),
    };

    [SetUp]
    public void StartWorld()
    {
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { TimeProvider = _time });
        _recorder = new RecordingDevice();
        _device = _hypervisor.AddDevice(_recorder);
        _owner = AddGuest();
        _next = AddGuest();
        Assert.That(_owner.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(_next.Queue(), Is.EqualTo(DeviceStatus.Queued));
        _recorder.Word = () => _device.State;
        _recorder.Forget();
    }

    [TearDown]
    public void EndWorld() => _hypervisor.Dispose();

    [TestCaseSource(nameof(NamesOfOrderlyEnds))]
    public void AnOrderlyEndSavesOneContextAndLoadsTheNext(string end)
    {
        EndInABatch(OrderlyEnds[end]);
        Assert.That(_recorder.Steps, Is.EqualTo(new[]
        {
            "batch over in Reclaiming", "ended d1 in Reclaiming", "save d1 in Reclaiming", "load d2 in Reclaiming", "began d2 in Owned",
        }));
    }

    [TestCaseSource(nameof(NamesOfForcedEnds))]
    public void AForcedEndResetsTheDeviceBeforeTheNextOwnerHasIt(string end)
    {
        EndInABatch(ForcedEnds[end]);
        Assert.That(_recorder.Steps.Take(5), Is.EqualTo(new[]
        {
            "batch over in Reclaiming", "ended d1 in Reclaiming", "reset d1 in Reclaiming", "load d2 in Reclaiming", "began d2 in Owned",
        }));
    }

    [TestCaseSource(nameof(NamesOfEndsOfTheDevice))]
    public void TheEndOfTheDeviceIsNobodysBeginning(string end)
    {
        EndInABatch(EndsOfTheDevice[end], nobodyIsNext: true);
        Assert.That(_recorder.Steps.Take(3), Is.EqualTo(new[] { "batch over in Reclaiming", "ended d1 in Reclaiming", "reset d1 in Reclaiming" }));
        Assert.That(_device.State.State, Is.EqualTo(DeviceState.Offline));
    }

    [Test]
    public void AGuestThatIsStoppedWhileItsContextIsLoadedLosesIt()
    {
        _next.Cancel();
        _owner.Release();
        _recorder.Forget();
        _owner.Guest.Stop();
        Assert.That(_recorder.Steps, Is.EqualTo(new[] { "reset d1 in Reclaiming", "suspend d1 in Free" }));
    }

    private static IEnumerable<string> NamesOfOrderlyEnds() => OrderlyEnds.Keys;

    private static IEnumerable<string> NamesOfForcedEnds() => ForcedEnds.Keys;

    private static IEnumerable<string> NamesOfEndsOfTheDevice() => EndsOfTheDevice.Keys;

    /// <summary>Ends the ownership while the device is in a batch for its owner: the end has to wait, and the word says so meanwhile.</summary>
    private void EndInABatch(Action<ReclaimOrderTests> end, bool nobodyIsNext = false)
    {
        if (nobodyIsNext)
            _next.Guest.Stop(); // So that a shutdown, which removes the guests first, has this ownership to end and no other.
        _recorder.Forget();
        _recorder.BeginBatch();
        Task ends = Task.Factory.StartNew(() => end(this), TaskCreationOptions.LongRunning);
        Assert.That(SpinWait.SpinUntil(() => _device.State.State == DeviceState.Reclaiming, Patience), "the window never went dead");
        Assert.That(_device.State.Owner, Is.EqualTo(DomainId.Invalid), "nobody has the device while it is in a batch for the one before");
        _recorder.EndBatch();
        Assert.That(ends.Wait(Patience));
    }

    private void OutliveGrace(OverrunPolicy policy)
    {
        _device.Policy = policy;
        _time.Advance(_device.Slice);
        _time.Advance(_device.Grace);
    }

    private RawGuest AddGuest()
    {
        Guest guest = _hypervisor.AddGuest();
        _hypervisor.Assign(guest, _device);
        return new RawGuest(guest);
    }
}
