using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver.Tests;

/// <summary>Proves that this driver works with a hypervisor of a later minor version, and keeps its hands off what it does not know; the specification's "Compatible growth".</summary>
internal sealed class LaterHypervisorTests
{
    private const byte FirstUnknownState = (byte)DeviceState.Offline + 1;

    private FakePort _port = null!;
    private GuestDomain _domain = null!;
    private GuestDevice _device = null!;

    private static IEnumerable<byte> UnknownStates => [FirstUnknownState, 0x10, 0x7F, 0x80, 0x81, 0x82, 0xFF];

    [SetUp]
    public void Attach()
    {
        _port = new FakePort { AgreedFeatures = ulong.MaxValue };
        ref DevicePageHeader devices = ref _port.WritableDevicePage.Header;
        (devices.Minor, devices.Features) = (9, ulong.MaxValue);
        (devices.Reserved0, devices.Reserved1, devices.Reserved2) = (1, ulong.MaxValue, 0x8000_0000_0000_0000);
        _port.Slot(FakePort.Device0).Reserved = ulong.MaxValue;
        _port.GuestPage.Header.Minor = 9;
        Span<byte> page = MemoryMarshal.AsBytes(new Span<GuestPage>(ref _port.GuestPage));
        foreach (Range reserved in (Range[])[10..16, 24..64, 66..68, 104..128, 380..4096])
            page[reserved].Fill(0xFF);
        _domain = GuestDomain.Attach(_port);
        _device = _domain.GetDevice(FakePort.Device0);
    }

    [TearDown]
    public void Dispose()
    {
        _domain.Dispose();
        _port.Dispose();
    }

    [Test]
    public void ALaterMinorVersionIsNoReasonToRefuse()
    {
        Assert.That((_domain.Agreed.Guest, _domain.Agreed.Minor), Is.EqualTo((FakePort.Me, VpioVersion.Minor)));
        Assert.That(_device.Grab().Release(), Is.EqualTo(ReleaseResult.Released));
    }

    [Test]
    public void AFeatureThatWasNotAskedForIsOff() => Assert.That(_domain.Agreed.Features, Is.EqualTo(VpioVersion.Features));

    [Test]
    public void WhatIsInReservedBytesMeansNothing()
    {
        FakeNic nic = new(_port);
        using NicTransmitter transmitter = new(_domain, _device);
        using DeviceLease lease = _device.Grab();
        Assert.That(transmitter.TrySend(in lease, Frames.Numbered(1)));
        transmitter.Flush(in lease);
        Assert.That(nic.Sent, Has.Count.EqualTo(1));
        _port.Raise(DeviceEvents.RxPending);
        Assert.That(_device.WaitForFramesPending(FakePort.SafetyNet));
    }

    [Test]
    public void UnknownEventBitsChangeNothing()
    {
        DeviceLease lease = _device.Grab();
        _domain.Upcalls.Attend();
        _port.AwaitSleepingWatch();
        DeviceOp[] before = _port.Calls;
        for (int bit = 6; bit < 32; bit++)
            _port.Raise((DeviceEvents)(1U << bit));
        _port.AwaitSleepingWatch();
        Assert.That(_port.Calls.Skip(before.Length), Is.All.EqualTo(DeviceOp.Wait), "it takes them, and asks nothing");
        Assert.That((lease.IsHeld, lease.StopRequested, _device.ContextResets), Is.EqualTo((true, false, 0U)));
        Assert.That(_device.WaitForFramesPending(TimeSpan.Zero), Is.False);
        _port.Raise((DeviceEvents)0xFFFF_FFC0 | DeviceEvents.RxPending);
        Assert.That(_device.WaitForFramesPending(FakePort.SafetyNet), "the known bit among them counts");
    }

    [Test]
    public void AnUnknownStateEndsALease([ValueSource(nameof(UnknownStates))] byte state)
    {
        DeviceLease lease = _device.Grab();
        _port.State = _port.State.With((DeviceState)state);
        Assert.That((lease.IsHeld, lease.StopRequested), Is.EqualTo((false, true)));
        Grant grant = new(FakePort.Device0, lease.Generation);
        Assert.That(() => _device.Hold(grant).Write32(NicRegister.TxTail, 1), Throws.TypeOf<LeaseLostException>());
        Assert.That(_port.GetWindow(FakePort.Device0).Read32(NicRegister.TxTail), Is.Zero);
    }

    [Test]
    public void ADeviceInAnUnknownStateIsBusyWhoeverItNames([ValueSource(nameof(UnknownStates))] byte state)
    {
        _port.State = new StateWord((DeviceState)state, FakePort.Me, new Generation(4));
        StateWord seen = _port.State;
        _port.GrabStatus = DeviceStatus.Busy;
        Assert.That(_device.TryGrab(out _), Is.EqualTo(GrabResult.Busy));
        _port.Raise(DeviceEvents.Granted | DeviceEvents.Reset);
        _domain.Upcalls.Attend();
        _port.AwaitSleepingWatch();
        _domain.Dispose();
        Assert.That(_port.Calls, Has.No.Member(DeviceOp.Release), "nothing is given back that is not held");
        Assert.That(_port.State, Is.EqualTo(seen));
    }

    [TestCase(2)]
    [TestCase(int.MaxValue)]
    [TestCase(-3)]
    [TestCase(-4095)]
    public void AnUnknownResultIsAFailure(int result)
    {
        _port.GrabStatus = (DeviceStatus)result;
        Assert.That(() => _device.TryGrab(out _), Throws.TypeOf<DeviceCallException>().With.Property("Status").EqualTo((DeviceStatus)result));
        Assert.That(() => _device.GrabAsync().AsTask(), Throws.TypeOf<DeviceCallException>());
        Assert.That(_device.Holding, Is.EqualTo(HoldingState.NotHeld));
        _port.MapStatus = (DeviceStatus)result;
        Assert.That(() => _domain.AllocateDma(4096, DmaAccess.Read), Throws.TypeOf<DeviceCallException>());
    }

    [Test]
    public void ADeviceOfAnUnknownClassIsNotTouched([Values(0U, 2U, uint.MaxValue)] uint deviceClass)
    {
        _port.Slot(FakePort.Device0).DeviceClass = deviceClass;
        using NicTransmitter transmitter = new(_domain, _device);
        using NicReceiver receiver = new(_domain, _device);
        Grant grant = _device.GrabAsync().Result;
        byte[] into = new byte[2048];
        Action[] uses =
        [
            () => transmitter.TrySend(_device.Hold(grant), Frames.Numbered(1)),
            () => transmitter.CountOutstanding(_device.Hold(grant)),
            () => transmitter.WaitForRoom(_device.Hold(grant), TimeSpan.Zero),
            () => transmitter.WaitForDrain(_device.Hold(grant), TimeSpan.Zero),
            () => receiver.Start(_device.Hold(grant)),
            () => receiver.TryReceive(_device.Hold(grant), into, out _),
            () => receiver.WaitForFrames(_device.Hold(grant), TimeSpan.Zero),
        ];
        foreach (Action use in uses)
            Assert.That(use, Throws.InvalidOperationException.With.Message.Contains($"class {deviceClass}"));
        for (uint offset = 0; offset < 4096; offset += 8)
            Assert.That(_port.GetWindow(FakePort.Device0).Read64(offset), Is.Zero, $"register 0x{offset:x3}");
        Assert.That(_port.Kicks, Is.Zero);
    }

    [Test]
    public void AnotherClassInTheSameSlotIsNotTouchedEither()
    {
        FakeNic nic = new(_port);
        using NicTransmitter transmitter = new(_domain, _device);
        DeviceLease first = _device.Grab();
        Assert.That(transmitter.TrySend(in first, Frames.Numbered(1)), "set up");
        first.Release();
        _port.Slot(FakePort.Device0).DeviceClass = 2;
        (uint tail, int kicks) = (nic.Registers.Read32(NicRegister.TxTail), _port.Kicks);
        Grant second = _device.GrabAsync().Result;
        Assert.That(() => transmitter.TrySend(_device.Hold(second), Frames.Numbered(2)), Throws.InvalidOperationException);
        Assert.That((nic.Registers.Read32(NicRegister.TxTail), _port.Kicks), Is.EqualTo((tail, kicks)));
    }

    [Test]
    public void ADeviceThatIsGoneIsALostLeaseAndNoOtherClass()
    {
        using NicTransmitter transmitter = new(_domain, _device);
        Grant grant = _device.GrabAsync().Result;
        _port.Unplug();
        _port.Slot(FakePort.Device0).DeviceClass = 0;
        Assert.That(() => transmitter.TrySend(_device.Hold(grant), Frames.Numbered(1)), Throws.TypeOf<LeaseLostException>());
    }
}
