using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Holds the door against bad arguments of every kind: the right refusal, and nothing changed (docs/abi.md, "The hypercall").</summary>
[TestFixture]
internal sealed class BadArgumentTests
{
    private const ulong MappedIova = 0x20_0000;

    private World _world = null!;
    private RawGuest _guest = null!;
    private RawGuest _other = null!;

    private static OperationTable[] Operations => OperationTable.All;

    private static OperationTable[] DeviceOperations => [.. OperationTable.All.Where(row => row.TakesDevice)];

    private IHypercallPort Port => _guest.Port;

    [SetUp]
    public void StartWorld()
    {
        _world = new World(guests: 2);
        (_guest, _other) = (_world.Guests[0], _world.Guests[1]);
        Assert.That(Port.Call(DeviceOp.Map, MappedIova, 0, 0x1000, 3), Is.EqualTo(DeviceStatus.Ok));
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void NoOtherNumberIsAnOperation()
    {
        Random random = new(1);
        uint[] borders = [9, 10, 63, 64, 255, 256, 0x100, 0x8000_0000, 0x8000_0002, 0x1_0000, 0xFFFF_FFFF, 0xFFFF_FFFE, 0x7FFF_FFFF];
        foreach (uint cmd in borders.Concat(Enumerable.Range(0, 10_000).Select(_ => (uint)random.NextInt64(9, 1L << 32))))
        {
            DeviceOpArgument argument = RawCalls.Argument();
            byte[] before = RawCalls.Copy(ref argument);
            Assert.That((DeviceStatus)Port.Call(cmd, ref argument), Is.EqualTo(DeviceStatus.NoSuchOperation), $"cmd {cmd}");
            Assert.That(RawCalls.Copy(ref argument), Is.EqualTo(before));
        }
    }

    [Test]
    public void AnArgumentThatIsNoMemoryIsABadAddress([ValueSource(nameof(Operations))] OperationTable row) =>
        AssertChangesNothing(() => Assert.That(Port.CallWithNull((uint)row.Operation), Is.EqualTo(DeviceStatus.BadAddress)));

    [Test]
    public void AnUnknownOperationDoesNotLookAtItsArgument() =>
        Assert.That(Port.CallWithNull(9), Is.EqualTo(DeviceStatus.NoSuchOperation));

    [Test]
    public void EveryReservedBitAloneIsInvalidAndChangesNothing([ValueSource(nameof(Operations))] OperationTable row)
    {
        foreach (int bit in row.ReservedBits)
        {
            DeviceOpArgument argument = RawCalls.Argument(row.Inputs);
            RawCalls.FlipInputBit(ref argument, bit);
            byte[] before = RawCalls.Copy(ref argument);
            byte[] seenBefore = Seen();
            Assert.That(Port.Call(row.Operation, ref argument), Is.EqualTo(DeviceStatus.Invalid), $"bit {bit}");
            Assert.That(RawCalls.Copy(ref argument), Is.EqualTo(before), $"the argument after bit {bit}");
            Assert.That(Seen(), Is.EqualTo(seenBefore), $"the hypervisor after bit {bit}");
        }
    }

    [Test]
    public void GarbageWhereTheOutputsGoIsNoInput([ValueSource(nameof(Operations))] OperationTable row)
    {
        DeviceStatus expected = row.Operation switch
        {
            DeviceOp.Release => DeviceStatus.NotOwner,
            DeviceOp.Cancel => DeviceStatus.NotFound,
            DeviceOp.Unmap => DeviceStatus.Ok,
            DeviceOp.Wait => DeviceStatus.TimedOut,
            _ => DeviceStatus.Ok,
        };
        DeviceOpArgument argument = RawCalls.Argument(row.Inputs);
        byte[] before = RawCalls.Copy(ref argument);
        Assert.That(Port.Call(row.Operation, ref argument), Is.EqualTo(expected));
        if (expected < 0)
        {
            Assert.That(RawCalls.Copy(ref argument), Is.EqualTo(before), "a failed call writes nothing");
            return;
        }

        Assert.That(RawCalls.Copy(ref argument)[..32], Is.EqualTo(before[..32]), "inputs are the caller's");
        Assert.That(RawCalls.Outputs(ref argument)[row.OutputBytes..], Is.All.Zero, "what is no output is zero");
    }

    [Test]
    public void ADeviceThatIsNotThereIsNoDevice(
        [ValueSource(nameof(DeviceOperations))] OperationTable row, [Values(1u, 62u, 63u, 64u, 0x7FFF_FFFFu, 0x8000_0000u, uint.MaxValue)] uint device) =>
        AssertNoDevice(row, device);

    [Test]
    public void ADeviceThatIsNotAssignedIsNoDevice([ValueSource(nameof(DeviceOperations))] OperationTable row)
    {
        SharedDevice second = _world.Hypervisor.AddDevice(new Nic(new LoopbackWire()));
        AssertNoDevice(row, second.Index.Value);
        Assert.That(Port.GetWindow(second.Index).LengthBytes, Is.Zero);
    }

    [Test]
    public void ADeviceThatWasRemovedIsNoDevice([ValueSource(nameof(DeviceOperations))] OperationTable row)
    {
        _world.Hypervisor.RemoveDevice(_world.Device);
        AssertNoDevice(row, 0);
    }

    [Test]
    public void AGenerationWiderThanFortyBitsIsNobodysOwnership()
    {
        _guest.TryGrab(0, out GrabArgs grab);
        AssertChangesNothing(() =>
        {
            for (int bit = 40; bit < 64; bit++)
                Assert.That(Port.Call(DeviceOp.Release, 0, grab.Generation | (1UL << bit)), Is.EqualTo(DeviceStatus.NotOwner), $"bit {bit}");
            Assert.That(Port.Call(DeviceOp.Release, 0, ulong.MaxValue), Is.EqualTo(DeviceStatus.NotOwner));
        });
        Assert.That(Port.Call(DeviceOp.Release, 0, grab.Generation), Is.EqualTo(DeviceStatus.Ok));
    }

    [Test]
    public void AReleaseOfAnotherGenerationOrByAnotherGuestChangesNothing()
    {
        _guest.TryGrab(0, out GrabArgs grab);
        AssertChangesNothing(() =>
        {
            Assert.That(_other.Port.Call(DeviceOp.Release, 0, grab.Generation), Is.EqualTo(DeviceStatus.NotOwner));
            foreach (ulong generation in new ulong[] { 0, grab.Generation - 1, grab.Generation + 1, Generation.Mask })
                Assert.That(Port.Call(DeviceOp.Release, 0, generation), Is.EqualTo(DeviceStatus.NotOwner), $"generation {generation}");
        });
    }

    [TestCase((ushort)0)]
    [TestCase((ushort)2)]
    [TestCase((ushort)0x100)]
    [TestCase(ushort.MaxValue)]
    public void AnotherMajorVersionIsNotSupported(ushort major)
    {
        DeviceOpArgument argument = RawCalls.Argument(major);
        Assert.That(Port.Call(DeviceOp.Negotiate, ref argument), Is.EqualTo(DeviceStatus.NotSupported));
        Assert.That(RawCalls.Outputs(ref argument), Is.All.EqualTo(RawCalls.Garbage));
    }

    [Test]
    public void AStoppedGuestIsDeniedEverything([ValueSource(nameof(Operations))] OperationTable row)
    {
        _guest.Guest.Stop();
        DeviceOpArgument argument = RawCalls.Argument(row.Inputs);
        byte[] before = RawCalls.Copy(ref argument);
        AssertChangesNothing(() => Assert.That(_guest.Port.CallWithNull((uint)row.Operation), Is.EqualTo(DeviceStatus.Denied)));
        Assert.That(Port.Call(row.Operation, ref argument), Is.EqualTo(DeviceStatus.Denied));
        Assert.That(RawCalls.Copy(ref argument), Is.EqualTo(before));
        _guest.Guest.Resume();
        Assert.That(Port.Call(DeviceOp.GetState, 0), Is.EqualTo(DeviceStatus.Ok), "a resumed guest may call again");
    }

    private void AssertNoDevice(OperationTable row, uint device)
    {
        DeviceOpArgument argument = RawCalls.Argument([device, .. row.Inputs.Skip(1)]);
        byte[] before = RawCalls.Copy(ref argument);
        AssertChangesNothing(() => Assert.That(Port.Call(row.Operation, device, row.Inputs.ElementAtOrDefault(1)), Is.EqualTo(DeviceStatus.NoDevice)));
        Assert.That(Port.Call(row.Operation, ref argument), Is.EqualTo(DeviceStatus.NoDevice));
        Assert.That(RawCalls.Copy(ref argument), Is.EqualTo(before));
    }

    private void AssertChangesNothing(Action calls)
    {
        byte[] before = Seen();
        calls();
        Assert.That(Seen(), Is.EqualTo(before));
    }

    /// <summary>Gathers what a call could have changed: slot, queue, the mapping that is there, the mapping that must not be.</summary>
    private byte[] Seen() =>
    [
        .. _guest.Port.SlotBytes(0),
        (byte)_world.Device.Ownership.Waiting.Count(),
        _guest.Guest.Iommu.TryTranslate(MappedIova, 0x1000, DmaAccess.ReadWrite, out _) ? (byte)1 : (byte)0,
        _guest.Guest.Iommu.TryTranslate(0x10_0000, 1, DmaAccess.Read, out _) ? (byte)1 : (byte)0,
        _guest.Port.GuestPage.UpcallPending,
    ];
}
