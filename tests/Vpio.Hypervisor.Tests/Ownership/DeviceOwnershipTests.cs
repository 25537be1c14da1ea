using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Holds single transitions to what they make happen, and to what they answer when others come between their steps (docs/ownership.md).</summary>
[TestFixture]
internal sealed class DeviceOwnershipTests
{
    private static readonly DomainId A = new(1);
    private static readonly DomainId B = new(2);
    private static readonly DomainId C = new(3);

    private NativeWord _word = null!;
    private GuestMarks<OvertakenMemory> _marks = null!;
    private RecordedEffects.Record _record = null!;
    private DeviceOwnership<OvertakenMemory, RecordedEffects> _device = null!;

    [SetUp]
    public void PlugDevice()
    {
        OvertakenMemory.Reset();
        _word = new NativeWord(StateWord.Unused);
        _marks = new GuestMarks<OvertakenMemory>();
        _record = new RecordedEffects.Record();
        _device = new DeviceOwnership<OvertakenMemory, RecordedEffects>(_word.Pointer, _marks, new RecordedEffects(_record));
        _device.Admit(A);
        _device.Admit(B);
        Assert.That(_device.Plug());
    }

    [TearDown]
    public void FreeWord() => _word.Dispose();

    [TestCase(true, ExpectedResult = nameof(GrabOutcome.Queued))]
    [TestCase(false, ExpectedResult = nameof(GrabOutcome.AlreadyOwned))]
    public string AGuestThatIsNamedAndNotYetClaimedStillWaits(bool queue)
    {
        Grab(A);
        Grab(B);
        GrabOutcome? asked = null;
        OvertakenMemory.BeforeClaim(() => asked = _device.Grab(B, queue, out _));
        Release(A);
        Assert.That(_device.State.Owner, Is.EqualTo(B));
        return asked.ToString()!;
    }

    [Test]
    public void AGuestThatMayOwnNothingDoesNotStayInTheWaitSet()
    {
        Grab(A);
        _marks.Set(B, GuestMark.Barred);
        Assert.That(Grab(B), Is.EqualTo(GrabOutcome.Stopped));
        Assert.That(_device.Waiting.Contains(B), Is.False);
    }

    [Test]
    public void AWaiterWhoseContextIsLoadedIsGrantedWithoutASwitch()
    {
        Grab(B);
        _record.OnJoining = _ =>
        {
            // Before A is seen to wait, another thread of A owns the device for a while.
            Release(B);
            Grab(A);
            Release(A);
            _record.Steps.Clear();
        };
        Assert.That(Grab(A), Is.EqualTo(GrabOutcome.Queued));
        Assert.That(_record.Steps, Is.EqualTo(new[] { "granted d1", "told d1" }));
    }

    [Test]
    public void AWaiterIsToldWhenItsSliceHasBegun()
    {
        _device.Admit(C);
        Grab(A);
        Grab(B);
        Grab(C);
        Release(A);
        Assert.That(_record.Steps.TakeLast(3), Is.EqualTo(new[] { "granted d2", "slice of d2", "told d2" }), "whom it wakes may have the processor of this thread, and would own the device without an end");
    }

    [Test]
    public void AnOwnerThatIsAskedToStopHasNoSliceToCut()
    {
        Grab(A);
        Grab(B);
        Assert.That(_device.TryRevoke(_device.State), Is.EqualTo(RevokeOutcome.Begun));
        _device.Prefer(B);
        Assert.That(_record.Steps, Has.None.StartsWith("cut"));
    }

    [Test]
    public void AWaiterThatIsStoppedWhileItIsGrantedLeavesNoContextBehind()
    {
        Grab(A);
        Grab(B);
        _record.OnGranting = guest => _marks.Set(guest, GuestMark.Stopped);
        Release(A);
        Assert.That(_record.Steps.TakeLast(4), Is.EqualTo(new[] { "switch d1 to d2", "quiesce", "ended d2", "reset d2" }));
        Assert.That(_device.State.State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void AStopOfTheOwnerTakesTheDeviceAndSaysSo()
    {
        Grab(A);
        _record.Steps.Clear();
        Assert.That(_device.Strip(A));
        Assert.That(_record.Steps, Is.EqualTo(new[] { "quiesce", "ended d1", "reset d1" }));
    }

    [Test]
    public void AStopOfTheLastOwnerResetsAQuietDevice()
    {
        Grab(A);
        Release(A);
        _record.Steps.Clear();
        Assert.That(_device.Strip(A), Is.False, "it had given it back");
        Assert.That(_record.Steps, Is.EqualTo(new[] { "quiesce", "reset d1" }));
    }

    [Test]
    public void AStopLeavesTheDeviceOfAnotherAlone()
    {
        Grab(A);
        Release(A);
        Grab(B);
        StateWord owned = _device.State;
        _marks.Set(A, GuestMark.Barred);
        Assert.That(_device.Strip(A), Is.False);
        Assert.That(_device.State, Is.EqualTo(owned));
    }

    [Test]
    public void AnUnplugOfAnOwnedDeviceSaysWhoseItWas()
    {
        Grab(A);
        Assert.That(_device.Unplug(out DomainId owner));
        Assert.That(owner, Is.EqualTo(A));
        Assert.That(_device.Unplug(out owner), Is.False, "it is offline");
        Assert.That(owner, Is.EqualTo(DomainId.Invalid));
    }

    [Test]
    public void AnUnplugOfAFreeDeviceResetsItQuiet()
    {
        Grab(A);
        Release(A);
        _record.Steps.Clear();
        Assert.That(_device.Unplug(out DomainId owner));
        Assert.That(owner, Is.EqualTo(DomainId.Invalid));
        Assert.That(_record.Steps, Is.EqualTo(new[] { "quiesce", "reset d1" }));
    }

    private GrabOutcome Grab(DomainId guest) => _device.Grab(guest, queue: true, out _);

    private void Release(DomainId guest) =>
        Assert.That(_device.Release(guest, _device.State.Generation), Is.EqualTo(ReleaseOutcome.Released));
}
