using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.CGuest.Tests;

/// <summary>Runs the C guest against the reference hypervisor: its pages, its windows, its hypercalls, its NIC.</summary>
internal sealed unsafe class CGuestTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly List<GCHandle> _handles = [];
    private CompiledGuest _c = null!;
    private ReferenceHypervisor _hypervisor = null!;
    private Nic _nic = null!;
    private SharedDevice _device = null!;

    [OneTimeSetUp]
    public void Compile() => _c = new CompiledGuest();

    [OneTimeTearDown]
    public void Unload() => _c?.Dispose();

    [SetUp]
    public void Build()
    {
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { Slice = TimeSpan.FromMilliseconds(1), Grace = TimeSpan.FromSeconds(1) });
        _nic = new Nic(new LoopbackWire());
        _device = _hypervisor.AddDevice(_nic);
    }

    [TearDown]
    public void Remove()
    {
        _hypervisor.Dispose();
        _handles.ForEach(handle => handle.Free());
        _handles.Clear();
    }

    [Test]
    public void WhatItTransmitsArrivesByteForByteAndInOrder()
    {
        void* sender = NewCGuest();
        using GuestDomain domain = GuestDomain.Attach(NewGuest().Port);
        GuestDevice device = domain.Device(_device.Index);
        using NicReceiver receiver = new(domain, device);
        Assert.That(_c.Grab(sender, 0), Is.Zero);
        for (int i = 0; i < 1000; i++)
            SendFrom(sender, Frame(from: 1, to: 2, i));
        Until(() => _c.Outstanding(sender) == 0);
        Assert.That(_c.Release(sender), Is.Zero);

        byte[] frame = new byte[2048];
        using DeviceLease lease = device.Grab();
        receiver.Start(in lease);
        for (int i = 0; i < 1000; i++)
        {
            int length;
            while (!receiver.TryReceive(in lease, frame, out length))
                Assert.That(receiver.WaitForFrames(in lease, Limit), $"frame {i} comes");
            Assert.That(frame[..length], Is.EqualTo(Frame(from: 1, to: 2, i)));
        }
    }

    [Test]
    public void ItReceivesWhatWasParkedByteForByteAndInOrder()
    {
        void* receiver = NewCGuest();
        using GuestDomain domain = GuestDomain.Attach(NewGuest().Port);
        GuestDevice device = domain.Device(_device.Index);
        using NicTransmitter transmitter = new(domain, device);
        using (DeviceLease lease = device.Grab())
        {
            for (int i = 0; i < 500; i++)
            {
                Assert.That(transmitter.WaitForRoom(in lease, Limit));
                Assert.That(transmitter.TrySend(in lease, Frame(from: 2, to: 1, i)));
                transmitter.Flush(in lease);
            }

            Assert.That(transmitter.WaitDrained(in lease, Limit));
        }

        Assert.That(_c.Grab(receiver, 0), Is.Zero);
        byte[] frame = new byte[2048];
        fixed (byte* room = frame)
        {
            for (int i = 0; i < 500; i++)
            {
                byte* start = room;
                uint length = 0;
                Until(() => (length = _c.Receive(receiver, start, 2048)) > 0);
                Assert.That(frame[..(int)length], Is.EqualTo(Frame(from: 2, to: 1, i)));
            }
        }

        Assert.That(_c.Release(receiver), Is.Zero);
    }

    [Test]
    public void TwoOfThemShareTheDeviceAndGiveItBackWhenAsked()
    {
        nint[] guests = [(nint)NewCGuest(), (nint)NewCGuest()];
        Thread[] threads = [.. guests.Select(guest => new Thread(() => Share((void*)guest)) { IsBackground = true })];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            Assert.That(thread.Join(Limit), "every guest gets its slices");
        Assert.That(_device.Statistics.Revocations, Is.Positive);
        Assert.That(_device.Statistics.ForcedStops, Is.Zero);
        Assert.That(_device.State.State, Is.EqualTo(DeviceState.Free));
    }

    [Test]
    public void AGrabWhileAnotherOwnsIsBusyAndAQueuedOneIsGranted()
    {
        void* first = NewCGuest();
        void* second = NewCGuest();
        Assert.That(_c.Grab(first, 0), Is.Zero);
        Assert.That(_c.Grab(second, 0), Is.EqualTo((long)DeviceStatus.Busy));
        Assert.That(_c.Grab(second, 1), Is.EqualTo((long)DeviceStatus.Queued));
        Assert.That(_c.MustStop(second), Is.EqualTo(1), "what waits holds nothing");
        Assert.That(_c.Release(first), Is.Zero);
        Assert.That(_c.Await(second, ulong.MaxValue), Is.Zero);
        Assert.That(_c.MustStop(second), Is.Zero);
        Assert.That(_c.Release(first), Is.EqualTo((long)DeviceStatus.NotOwner), "a late release changes nothing");
        Assert.That(_c.Release(second), Is.Zero);
    }

    [TestCase(0, DeviceStatus.Invalid, Description = "magic")]
    [TestCase(4, DeviceStatus.NotSupported, Description = "major version")]
    [TestCase(6, DeviceStatus.Ok, Description = "minor version")]
    [TestCase(8, DeviceStatus.Ok, Description = "features on offer")]
    [TestCase(16, DeviceStatus.Invalid, Description = "size of the page")]
    [TestCase(20, DeviceStatus.Invalid, Description = "size of a slot")]
    [TestCase(24, DeviceStatus.Invalid, Description = "number of slots")]
    [TestCase(32, DeviceStatus.Invalid, Description = "epoch")]
    [TestCase(40, DeviceStatus.Ok, Description = "reserved")]
    public void APageIsRefusedForWhatItMustBeAndForNothingElse(int at, DeviceStatus answer)
    {
        byte[] forged = new byte[DevicePage.Size];
        Guest guest = NewGuest();
        NativePort port = PortOf(guest);
        new ReadOnlySpan<byte>(port.DevicePage, DevicePage.Size).CopyTo(forged);
        forged[at] ^= 0xFF;
        fixed (byte* page = forged)
        {
            port.DevicePage = page;
            Assert.That(_c.Attach(NewStruct(), &port, _device.Index.Value), Is.EqualTo((long)answer));
        }
    }

    [Test]
    public void AHypervisorThatWasStartedAnewIsNotAskedForTheDevice()
    {
        byte[] copy = new byte[DevicePage.Size];
        NativePort port = PortOf(NewGuest());
        new ReadOnlySpan<byte>(port.DevicePage, DevicePage.Size).CopyTo(copy);
        void* guest = NewStruct();
        fixed (byte* page = copy)
        {
            port.DevicePage = page;
            Assert.That(_c.Attach(guest, &port, _device.Index.Value), Is.Zero);
            copy[32]++;
            Assert.That(_c.Grab(guest, 1), Is.EqualTo((long)DeviceStatus.Invalid));
        }

        Assert.That(_device.State.State, Is.EqualTo(DeviceState.Free));
    }

    // Fifty slices each: transmits until it is asked for the device, gives it back, and waits for the next turn.
    private void Share(void* guest)
    {
        byte[] frame = Frame(from: 9, to: 9, 0);
        fixed (byte* start = frame)
        {
            for (int i = 0; i < 50; i++)
            {
                if (_c.Grab(guest, 1) == (long)DeviceStatus.Queued)
                    Require(_c.Await(guest, ulong.MaxValue) == 0);
                for (int sent = 0; _c.MustStop(guest) == 0 && sent < 100_000; sent++)
                    _c.Send(guest, start, (uint)frame.Length);
                Require(_c.Release(guest) == 0);
            }
        }
    }

    private static void Require(bool holds)
    {
        if (!holds)
            throw new InvalidOperationException("The C guest lost the device.");
    }

    private void SendFrom(void* guest, byte[] frame)
    {
        fixed (byte* start = frame)
        {
            byte* bytes = start;
            Until(() => _c.Send(guest, bytes, (uint)frame.Length) == 1);
        }
    }

    private static void Until(Func<bool> holds) => Assert.That(SpinWait.SpinUntil(holds, Limit), "it comes to that");

    private Guest NewGuest()
    {
        Guest guest = _hypervisor.AddGuest();
        _nic.SetMacAddress(guest.Id, Address(guest.Id.Value));
        _hypervisor.Assign(guest, _device);
        return guest;
    }

    private void* NewCGuest()
    {
        NativePort port = PortOf(NewGuest());
        void* guest = NewStruct();
        Assert.That(_c.Attach(guest, &port, _device.Index.Value), Is.Zero);
        return guest;
    }

    private NativePort PortOf(Guest guest)
    {
        GCHandle handle = GCHandle.Alloc(guest.Port);
        _handles.Add(handle);
        return NativePort.Of(guest.Port, handle, _device.Index);
    }

    private void* NewStruct()
    {
        GCHandle memory = GCHandle.Alloc(new byte[_c.Bytes()], GCHandleType.Pinned);
        _handles.Add(memory);
        return (void*)memory.AddrOfPinnedObject();
    }

    private static MacAddress Address(int guest) => new(0x02UL | ((ulong)(byte)guest << 40));

    private static byte[] Frame(int from, int to, int number)
    {
        byte[] frame = new byte[60 + (number % 1400)];
        new Random(number).NextBytes(frame);
        for (int i = 0; i < 6; i++)
        {
            frame[i] = (byte)(Address(to).Value >> (8 * i));
            frame[6 + i] = (byte)(Address(from).Value >> (8 * i));
        }

        return frame;
    }
}
