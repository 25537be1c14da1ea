using System.Collections.Concurrent;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Protocol.Tests;

/// <summary>Holds rule 7 of docs/ownership.md: what a former owner does to its registers and rings reaches nobody, and the next owner finds its own.</summary>
[TestFixture]
internal sealed class HandOverTests
{
    private const ulong RingIova = 0x1_0000;
    private const ulong FrameIova = 0x1_1000;
    private const int RingBytes = 4096;
    private const int FrameBytes = 60;
    private const uint Entries = 16;

    private readonly RecordingWire _wire = new();
    private World _world = null!;
    private RawGuest _a = null!;
    private RawGuest _b = null!;

    [SetUp]
    public void StartWorld()
    {
        _world = new World(guests: 2, wire: _wire);
        (_a, _b) = (_world.Guests[0], _world.Guests[1]);
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void Rule7_AFormerOwnersDoorbellNeverReachesTheDevice()
    {
        SetUpTransmit(_a);
        SetUpTransmit(_b);
        _a.TryGrab();
        Enable(_a);
        Send(_a, tail: 1);
        Assert.That(NextSender(), Is.EqualTo(World.AddressOf(_a.Id.Value)), "the owner's own frame");
        _a.Release();

        _b.TryGrab();
        Send(_a, tail: 2);
        Enable(_b);
        Send(_b, tail: 1);
        Assert.That(NextSender(), Is.EqualTo(World.AddressOf(_b.Id.Value)));
        Send(_b, tail: 2);
        Assert.That(NextSender(), Is.EqualTo(World.AddressOf(_b.Id.Value)), "the former owner sent through the new owner's device");
    }

    [Test]
    public void Rule7_TheNextOwnerFindsItsOwnRegisters()
    {
        SetUpTransmit(_a);
        _a.TryGrab();
        Enable(_a);
        Window(_a).Write32(NicRegister.InterruptArm, (uint)NicInterrupt.Rx);
        _a.Release();

        Assert.That(_b.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
        RegisterWindow window = Window(_b);
        Assert.That(window.Read32(NicRegister.Control), Is.Zero);
        Assert.That(window.Read32(NicRegister.InterruptArm), Is.Zero);
        Assert.That(window.Read64(NicRegister.TxRingIova), Is.Zero);
        Assert.That(window.Read64(NicRegister.MacAddress), Is.EqualTo(World.AddressOf(_b.Id.Value).Value));
        _b.Release();

        Assert.That(_a.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
        Assert.That(Window(_a).Read32(NicRegister.Control), Is.EqualTo((uint)NicControl.TxEnable), "the first owner's set-up comes back");
        Assert.That(Window(_a).Read64(NicRegister.TxRingIova), Is.EqualTo(RingIova));
    }

    private static RegisterWindow Window(RawGuest guest) => guest.Port.Window(new DeviceIndex(0));

    private static void SetUpTransmit(RawGuest guest)
    {
        MapArgs map = new() { Iova = RingIova, Address = 0, Length = 2 * RingBytes, Access = (uint)DmaAccess.ReadWrite };
        Assert.That(guest.Call(ref map), Is.EqualTo(DeviceStatus.Ok));
        Span<byte> frame = Memory(guest).Slice(RingBytes, FrameBytes);
        frame[..6].Fill(0xFF);
        BitConverter.TryWriteBytes(frame[6..], World.AddressOf(guest.Id.Value).Value);
        frame[12..14].Fill(0x88);
        for (int i = 0; i < Entries; i++)
        {
            BitConverter.TryWriteBytes(Memory(guest)[(i * NicDescriptor.Size)..], FrameIova);
            BitConverter.TryWriteBytes(Memory(guest)[((i * NicDescriptor.Size) + 8)..], FrameBytes);
        }
    }

    private static void Enable(RawGuest guest)
    {
        RegisterWindow window = Window(guest);
        window.Write64(NicRegister.TxRingIova, RingIova);
        window.Write32(NicRegister.TxRingEntries, Entries);
        window.Write32(NicRegister.Control, (uint)NicControl.TxEnable);
    }

    private static void Send(RawGuest guest, uint tail)
    {
        Window(guest).Write32(NicRegister.TxTail, tail);
        guest.Port.Kick(new DeviceIndex(0));
    }

    private static unsafe Span<byte> Memory(RawGuest guest) => new((void*)guest.Port.Memory.Start, 2 * RingBytes);

    private MacAddress NextSender()
    {
        Assert.That(_wire.Senders.TryTake(out MacAddress sender, TimeSpan.FromSeconds(30)), "the device sent nothing");
        return sender;
    }

    private sealed class RecordingWire : IWire
    {
        public BlockingCollection<MacAddress> Senders { get; } = [];

        public void Connect(IFrameSink nic)
        {
        }

        public void Transmit(ReadOnlySpan<byte> frame) => Senders.Add(new MacAddress(BitConverter.ToUInt64(frame[6..])));
    }
}
