using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Holds that a batch which the IOMMU ends in the middle delivers what came before, once and in order, and keeps the rest for the guest (docs/nic.md, "Faults").</summary>
[TestFixture]
internal sealed class NicReceiveBatchTests
{
    private const int Frames = 10;
    private const int Page = 4096;
    private const ulong Rings = 2 * Page; // What is mapped for rings; the buffers of RawNic are further up.

    private RecordingWire _wire = null!;
    private World _world = null!;
    private RawGuest _a = null!;
    private RawNic _nic = null!;

    [SetUp]
    public void ParkABatch()
    {
        _wire = new RecordingWire();
        _world = new World(guests: 1, wire: _wire);
        _a = _world.Guests[0];
        _nic = new RawNic(_a);
        for (int number = 0; number < Frames; number++)
            _wire.Bring(RawNic.Frame(_nic.Address, World.AddressOf(9), number));
        Map(Rings, (ulong)_a.Port.Memory.LengthBytes - Rings, DmaAccess.ReadWrite);
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void DescriptorsBeforeOneThatCannotBeReadAreFilled()
    {
        const int Readable = 5;
        Unmap(Rings, (ulong)_a.Port.Memory.LengthBytes - Rings);
        Map(0, Rings, DmaAccess.ReadWrite);
        Map(Rings + Page, (ulong)_a.Port.Memory.LengthBytes - Rings - Page, DmaAccess.ReadWrite);
        Span<NicDescriptor> ring = Receive(Rings - (Readable * NicDescriptor.Size));
        Assert.That(_world.Nic.GetCounters(_a.Id).RxFrames, Is.EqualTo(Readable));
        for (int number = 0; number < Readable; number++)
            Assert.That((ring[number].Flags, NumberIn(ring[number])), Is.EqualTo((NicDescriptor.Done, number)));
        AssertRestComes(Readable);
    }

    [Test]
    public void NothingIsDeliveredWhereNothingCanBeCompleted()
    {
        Map(0, Rings, DmaAccess.Read);
        Span<NicDescriptor> ring = Receive(0);
        Assert.That(_world.Nic.GetCounters(_a.Id).RxFrames, Is.Zero);
        Assert.That(ring[0].Flags, Is.Zero);
        AssertRestComes(0);
    }

    private Span<NicDescriptor> Receive(ulong ringOffset)
    {
        Span<NicDescriptor> ring = MemoryMarshal.Cast<byte, NicDescriptor>(_nic.Bytes(ringOffset, (int)RawNic.Entries * NicDescriptor.Size));
        for (int place = 0; place < Frames; place++)
            ring[place] = new NicDescriptor { Iova = RawNic.Base + Rings + Page + ((ulong)place * NicRegister.MaxFrameBytesValue), LengthBytes = NicRegister.MaxFrameBytesValue };
        _a.TryGrab();
        _nic.Window.Write64(NicRegister.RxRingIova, RawNic.Base + ringOffset);
        _nic.Window.Write32(NicRegister.RxRingEntries, RawNic.Entries);
        _nic.Window.Write32(NicRegister.RxTail, Frames);
        _nic.Ring(NicRegister.Control, (uint)NicControl.RxEnable);
        RawNic.Eventually(() => _nic.Status.HasFlag(NicStatus.RxFault), "receive faults");
        return ring;
    }

    private void AssertRestComes(int first)
    {
        // Off when the fault is gone: a half that is turned off and on between two looks of the device stays faulted.
        _nic.Ring(NicRegister.Control, 0);
        RawNic.Eventually(() => !_nic.Status.HasFlag(NicStatus.RxFault), "the fault is cleared");
        _nic.TurnOff();
        Unmap(0, Rings);
        Map(0, Rings, DmaAccess.ReadWrite);
        _nic.Start();
        for (int number = first; number < Frames; number++)
            Assert.That(RawNic.NumberOf(_nic.Take()), Is.EqualTo(number));
    }

    private int NumberIn(NicDescriptor descriptor) => RawNic.NumberOf(_nic.Bytes(descriptor.Iova - RawNic.Base, (int)descriptor.LengthBytes).ToArray());

    private void Map(ulong offset, ulong length, DmaAccess access)
    {
        MapArgs args = new() { Iova = RawNic.Base + offset, Address = offset, Length = length, Access = (uint)access };
        Assert.That(_a.Call(ref args), Is.EqualTo(DeviceStatus.Ok));
    }

    private void Unmap(ulong offset, ulong length)
    {
        UnmapArgs args = new() { Iova = RawNic.Base + offset, Length = length };
        Assert.That(_a.Call(ref args), Is.EqualTo(DeviceStatus.Ok));
    }
}
