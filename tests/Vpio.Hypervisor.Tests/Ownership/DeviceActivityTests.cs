using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Holds what keeps a device that works and a hypervisor that takes it away apart (docs/ownership.md, rule 7).</summary>
[TestFixture]
internal sealed class DeviceActivityTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private NativeWord _word = null!;
    private DeviceActivity<HardwareMemory> _activity = null!;

    [SetUp]
    public void OwnDevice()
    {
        _word = new NativeWord(new StateWord(DeviceState.Owned, new DomainId(3), new Generation(5)));
        _activity = new DeviceActivity<HardwareMemory>(_word.Pointer);
    }

    [TearDown]
    public void FreeWord() => _word.Dispose();

    [TestCase(DeviceState.Owned, true)]
    [TestCase(DeviceState.Revoking, true)]
    [TestCase(DeviceState.Free, false)]
    [TestCase(DeviceState.Reclaiming, false)]
    [TestCase(DeviceState.Offline, false)]
    public void ABatchBeginsOnlyWhileSomebodyHoldsTheDevice(DeviceState state, bool begins)
    {
        _word.Value = _word.Value.With(state);
        Assert.That(_activity.TryBegin(out StateWord held), Is.EqualTo(begins));
        Assert.That(held, Is.EqualTo(_word.Value));
    }

    [Test]
    public void ABatchThatDidNotBeginHoldsNobodyUp()
    {
        _word.Value = _word.Value.WithoutOwner(DeviceState.Free);
        _activity.TryBegin(out _);
        AssertReturns(_activity.Quiesce);
    }

    [Test]
    public void AfterABatchNobodyWaits()
    {
        AssertReturns(_activity.Quiesce);
        _activity.TryBegin(out _);
        _activity.End();
        AssertReturns(_activity.Quiesce);
    }

    [Test]
    public void WhoTakesTheDeviceWaitsForTheEndOfTheBatch()
    {
        bool ended = false;
        _activity.TryBegin(out _);
        Task<bool> quiesced = Task.Run(() =>
        {
            _activity.Quiesce();
            return Volatile.Read(ref ended);
        });
        Volatile.Write(ref ended, true);
        _activity.End();
        Assert.That(quiesced.Wait(Patience), "the batch is over");
        Assert.That(quiesced.Result, "it did not wait");
    }

    [Test]
    public void ADeviceThatBeginsAgainAtOnceHoldsNobodyUp()
    {
        _activity.TryBegin(out _);
        Task quiesced = Task.Run(_activity.Quiesce);
        for (int batch = 0; batch < 100_000 || !quiesced.IsCompleted; batch++)
        {
            _activity.End();
            Assert.That(_activity.TryBegin(out _));
            if (batch % 100_000 == 99_999 && quiesced.Wait(Patience))
                break;
        }

        Assert.That(quiesced.IsCompletedSuccessfully);
    }

    [Test]
    public void AWaitEndsWithTheBatchItSawThoughTheNextBeganMeanwhile()
    {
        DeviceActivity<OvertakenMemory> activity = new(_word.Pointer);
        activity.TryBegin(out _);
        OvertakenMemory.OnPause(() =>
        {
            activity.End();
            activity.TryBegin(out _);
        });
        Assert.That(activity.Quiesce, Throws.Nothing);
    }

    private static void AssertReturns(Action action) => Assert.That(Task.Run(action).Wait(Patience));
}
