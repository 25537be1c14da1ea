using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Holds that a device reaches only what its owner mapped, and that bad descriptors harm nobody.</summary>
[TestFixture]
internal sealed class NicDmaTests
{
    private RecordingWire _wire = null!;
    private World _world = null!;
    private RawGuest _a = null!;
    private RawNic _nic = null!;

    [SetUp]
    public void StartWorld()
    {
        _wire = new RecordingWire();
        _world = new World(guests: 1, wire: _wire);
        _a = _world.Guests[0];
        _nic = new RawNic(_a).MapAll();
        _a.TryGrab();
        _nic.Start();
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [TestCase(0UL)]
    [TestCase(RawNic.Base - 1)]
    [TestCase(RawNic.Base - 64)]
    [TestCase(RawNic.Base + (4 * 1024 * 1024) - 63)]
    [TestCase(ulong.MaxValue - 32)]
    public void AReadOutsideAMappingIsBlockedCountedAndReported(ulong iova)
    {
        _nic.SendDescriptor(iova, 64);
        _nic.Drain();
        Assert.That(_wire.Sent, Is.Empty);
        Assert.That(_a.Guest.DmaFaultCount, Is.EqualTo(1));
        Assert.That(_world.Hypervisor.GetDmaFaults().Single(), Is.EqualTo(
            new Vpio.Hypervisor.Iommu.IommuFault(_a.Id, new Iova(iova), 64, DmaAccess.Read)));
        Assert.That(_world.Nic.GetCounters(_a.Id).TxErrors, Is.EqualTo(1));
        SendGood(7);
    }

    [Test]
    public void AnUnmappedRangeIsOutOfReachWhenTheCallReturns()
    {
        UnmapArgs args = new() { Iova = RawNic.Base, Length = (ulong)_a.Port.Memory.LengthBytes };
        Assert.That(_a.Call(ref args), Is.EqualTo(DeviceStatus.Ok));
        _nic.Send(RawNic.Frame(World.AddressOf(9), _nic.Address, 1));
        RawNic.Eventually(() => _nic.Status.HasFlag(NicStatus.TxFault), "the ring that is not mapped any more faults");
        Assert.That(_wire.Sent, Is.Empty);
    }

    [Test]
    public void UnmapWaitsForTheDmaThatIsOnItsWay()
    {
        using ManualResetEventSlim onTheWire = new();
        using ManualResetEventSlim goOn = new();
        _wire.OnTransmit = _ =>
        {
            onTheWire.Set();
            goOn.Wait();
        };
        _nic.Send(RawNic.Frame(World.AddressOf(9), _nic.Address, 1));
        onTheWire.Wait();
        Task unmap = Task.Factory.StartNew(
            () =>
            {
                UnmapArgs args = new() { Iova = RawNic.Base, Length = (ulong)_a.Port.Memory.LengthBytes };
                _a.Call(ref args);
            },
            TaskCreationOptions.LongRunning);
        Assert.That(unmap.Wait(TimeSpan.FromMilliseconds(50)), Is.False, "returned while the device was in a batch");
        goOn.Set();
        Assert.That(unmap.Wait(TimeSpan.FromSeconds(30)));
    }

    [TestCase(0u)]
    [TestCase(13u)]
    [TestCase(1515u)]
    [TestCase(uint.MaxValue)]
    public void AFrameOfABadLengthIsNotSent(uint length)
    {
        _nic.SendDescriptor(RawNic.TxBuffer(0), length);
        _nic.Drain();
        Assert.That(_wire.Sent, Is.Empty);
        SendGood(7);
    }

    [Test]
    public void AFrameFromAForeignAddressIsNotSent()
    {
        _nic.Send(RawNic.Frame(World.AddressOf(9), World.AddressOf(2), 1));
        _nic.Drain();
        Assert.That(_wire.Sent, Is.Empty);
        Assert.That(_nic.Window.Read64(NicRegister.TxErrors), Is.EqualTo(1));
        SendGood(7);
    }

    [Test]
    public void ATailBeyondTheRingFaultsTransmitUntilItIsDisabled()
    {
        _nic.Ring(NicRegister.TxTail, RawNic.Entries + 1);
        RawNic.Eventually(() => _nic.Status.HasFlag(NicStatus.TxFault), "transmit faults");
        _nic.Window.Write32(NicRegister.TxTail, 0);
        _nic.Window.Write32(NicRegister.Control, (uint)NicControl.RxEnable);
        _a.Port.Kick(new DeviceIndex(0));
        RawNic.Eventually(() => !_nic.Status.HasFlag(NicStatus.TxFault), "the fault is cleared");
        _nic.Window.Write32(NicRegister.Control, (uint)(NicControl.RxEnable | NicControl.TxEnable));
        _a.Port.Kick(new DeviceIndex(0));
        SendGood(7);
    }

    [TestCase(0u)]
    [TestCase(1u)]
    [TestCase(48u)]
    [TestCase(8192u)]
    [TestCase(uint.MaxValue)]
    public void ARingOfABadSizeIsNotTaken(uint entries)
    {
        _nic.Window.Write32(NicRegister.Control, 0);
        _a.Port.Kick(new DeviceIndex(0));
        RawNic.Eventually(() => !_nic.Status.HasFlag(NicStatus.TxRunning), "transmit is off");
        _nic.Window.Write32(NicRegister.TxRingEntries, entries);
        _nic.Window.Write32(NicRegister.Control, (uint)NicControl.TxEnable);
        _a.Port.Kick(new DeviceIndex(0));
        RawNic.Eventually(() => _nic.Status.HasFlag(NicStatus.TxFault), "transmit faults");
    }

    [Test]
    public void AReceiveBufferThatIsTooShortIsGivenBackAndTheFrameGoesToTheNext()
    {
        byte[] small = RawNic.Frame(_nic.Address, World.AddressOf(9), 1, 100);
        _nic.ShortenNextReceiveBuffer(to: 64);
        _wire.Bring(small);
        Assert.That(_nic.TakeErrorThenFrame(), Is.EqualTo(small));
        Assert.That(_world.Nic.GetCounters(_a.Id).RxDropped, Is.Zero);
    }

    private void SendGood(int number)
    {
        int before = _wire.Sent.Length;
        _nic.SendAt(RawNic.Frame(World.AddressOf(9), _nic.Address, number));
        RawNic.Eventually(() => _wire.Sent.Length == before + 1, "the next good frame goes out");
        Assert.That(RawNic.NumberOf(_wire.Sent[^1]), Is.EqualTo(number));
    }
}
