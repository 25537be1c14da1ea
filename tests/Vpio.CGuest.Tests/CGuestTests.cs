using System.Runtime.InteropServices;
using Microsoft.Extensions.Time.Testing;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

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
    public void Build() => Build(TimeProvider.System);

    private void Build(TimeProvider time)
    {
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { TimeProvider = time, Slice = TimeSpan.FromMilliseconds(1), Grace = TimeSpan.FromSeconds(1) });
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
        GuestDevice device = domain.GetDevice(_device.Index);
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
        GuestDevice device = domain.GetDevice(_device.Index);
        using NicTransmitter transmitter = new(domain, device);
        using (DeviceLease lease = device.Grab())
        {
            for (int i = 0; i < 500; i++)
            {
                Assert.That(transmitter.WaitForRoom(in lease, Limit));
                Assert.That(transmitter.TrySend(in lease, Frame(from: 2, to: 1, i)));
                transmitter.Flush(in lease);
            }

            Assert.That(transmitter.WaitForDrain(in lease, Limit));
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

    [Test]
    public void WhatIsLeftOfSliceAndGraceIsReadWithoutACall()
    {
        FakeTimeProvider time = StartOver();
        void* first = NewCGuest();
        void* second = NewCGuest();
        Assert.That((_c.RemainingSlice(first), _c.RemainingGrace(first)), Is.EqualTo((0UL, 0UL)), "it holds nothing");
        Assert.That(_c.Grab(first, 0), Is.Zero);
        Assert.That((_c.RemainingSlice(first), _c.RemainingGrace(first)), Is.EqualTo((ulong.MaxValue, ulong.MaxValue)), "nobody waits");
        Assert.That(_c.Grab(second, 1), Is.EqualTo((long)DeviceStatus.Queued));
        time.Advance(TimeSpan.FromMicroseconds(250));
        Assert.That((_c.RemainingSlice(first), _c.RemainingGrace(first)), Is.EqualTo((750_000UL, ulong.MaxValue)));
        time.Advance(TimeSpan.FromMicroseconds(750));
        time.Advance(TimeSpan.FromMilliseconds(400));
        Assert.That((_c.RemainingSlice(first), _c.RemainingGrace(first), _c.MustStop(first)), Is.EqualTo((0UL, 600_000_000UL, 1)));
        Assert.That(_c.Release(first), Is.Zero);
        Assert.That(_c.RemainingGrace(first), Is.Zero);
    }

    [TestCase(1U, 0U)]
    [TestCase(0xFFFF_FFFFU, 0U)]
    [TestCase(0x8000_0001U, 31U)]
    [TestCase(0xFFFF_FFFFU, 32U)]
    [TestCase(0U, 0U)]
    [TestCase(1U, 33U)]
    public void TheClockOfTheGuestPageIsReadAsTheFormulaSays(uint multiplier, uint shift)
    {
        StartOver();
        Guest guest = NewGuest();
        NativePort port = PortOf(guest);
        void* c = NewStruct();
        Assert.That(_c.Attach(c, &port, _device.Index.Value), Is.Zero);
        Assert.That(_c.Grab(c, 0), Is.Zero);
        Assert.That(_c.Grab(NewCGuest(), 1), Is.EqualTo((long)DeviceStatus.Queued));
        ulong endNs = DevicePage.Slot(in guest.Port.DevicePage, _device.Index).SliceEndNs;

        foreach (ulong ticks in (ulong[])[0, 12_345, uint.MaxValue, (1UL << 45) + 98_765])
        {
            // The base is put so that the formula gives 1234 ns before the end, whatever the product is.
            CounterConversion conversion = new(unchecked(guest.Port.ReadCounter() - ticks), 0, multiplier, shift);
            ulong product = shift > 32 ? 0 : unchecked((ulong)((UInt128)ticks * multiplier >> (int)shift));
            new CounterConversion(conversion.CounterBase, unchecked(endNs - 1234 - product), multiplier, shift).WriteTo(ref guest.Port.GuestPage);
            Assert.That(_c.RemainingSlice(c), Is.EqualTo(conversion.IsAvailable ? 1234 : ulong.MaxValue));
        }
    }

    [Test]
    public void AResetRingIsNoticedByTheRegistersAndItsLossCounted()
    {
        Guest guest = NewGuest();
        NativePort port = PortOf(guest);
        void* sender = NewStruct();
        Assert.That(_c.Attach(sender, &port, _device.Index.Value), Is.Zero);
        Assert.That(_c.Grab(sender, 0), Is.Zero);
        SendFrom(sender, Frame(from: guest.Id.Value, to: 9, 0));
        Until(() => _c.Outstanding(sender) == 0);

        guest.Stop();
        Assert.That((_c.MustStop(sender), _c.Release(sender), _c.Grab(sender, 1)), Is.EqualTo((1, (long)DeviceStatus.Denied, (long)DeviceStatus.Denied)));
        guest.Resume();
        Assert.That(_c.Grab(sender, 0), Is.Zero);
        Assert.That((_c.Outstanding(sender), _c.Lost(sender)), Is.EqualTo((0U, 0UL)), "the device had taken it");
        for (int i = 0; i < 100; i++)
            SendFrom(sender, Frame(from: guest.Id.Value, to: 9, i));
        Until(() => _c.Outstanding(sender) == 0);
        Assert.That(_nic.GetCounters(guest.Id).TxFrames, Is.EqualTo(101UL));
    }

    [Test]
    public void WhatTheDeviceDidNotTakeOfALostRingIsCounted()
    {
        Guest guest = NewGuest();
        NativePort port = PortOf(guest);
        void* sender = NewStruct();
        Assert.That(_c.Attach(sender, &port, _device.Index.Value), Is.Zero);
        Assert.That(_c.Grab(sender, 0), Is.Zero);
        SendFrom(sender, Frame(from: guest.Id.Value, to: 9, 0));
        Until(() => _c.Outstanding(sender) == 0);

        // The guest turns transmit off under the driver, so that what it posts is never taken.
        RegisterWindow window = guest.Port.GetWindow(_device.Index);
        window.Write32(NicRegister.Control, 0);
        guest.Port.Kick(_device.Index);
        Until(() => (window.Read32(NicRegister.Status) & (uint)NicStatus.TxRunning) == 0);
        for (int i = 0; i < 3; i++)
            SendFrom(sender, Frame(from: guest.Id.Value, to: 9, i));
        guest.Stop();
        guest.Resume();
        Assert.That(_c.Grab(sender, 0), Is.Zero);
        Assert.That((_c.Lost(sender), _c.Lost(sender), _c.Outstanding(sender)), Is.EqualTo((3UL, 3UL, 0U)));
        SendFrom(sender, Frame(from: guest.Id.Value, to: 9, 4));
        Until(() => _nic.GetCounters(guest.Id).TxFrames == 2);
        Assert.That(_c.Lost(sender), Is.EqualTo(3UL));
    }

    [Test]
    public void AWaitEndsWithTheStopAndAResumedGuestWaitsAgain()
    {
        void* owner = NewCGuest();
        Assert.That(_c.Grab(owner, 0), Is.Zero);
        Guest guest = NewGuest();
        NativePort port = PortOf(guest);
        nint waiter = (nint)NewStruct();
        Assert.That(_c.Attach((void*)waiter, &port, _device.Index.Value), Is.Zero);
        Assert.That(_c.Grab((void*)waiter, 1), Is.EqualTo((long)DeviceStatus.Queued));
        Task<long> wait = Task.Factory.StartNew(() => _c.Await((void*)waiter, ulong.MaxValue), TaskCreationOptions.LongRunning);
        guest.Stop();
        Assert.That(wait.Wait(Limit));
        Assert.That(wait.Result, Is.EqualTo((long)DeviceStatus.Denied));

        // Its place in the queue is gone; the RESET of the resume makes the wait ask again.
        guest.Resume();
        Task<long> again = Task.Factory.StartNew(() => _c.Await((void*)waiter, ulong.MaxValue), TaskCreationOptions.LongRunning);
        Until(() => WaitersOf(guest) == 1);
        Assert.That(_c.Release(owner), Is.Zero);
        Assert.That(again.Wait(Limit));
        Assert.That(again.Result, Is.Zero);
    }

    [Test]
    public void ADetachedOwnerGrabsAgainAndSetsUpItsRingsUntilItIsQuarantined()
    {
        FakeTimeProvider time = StartOver();
        _device.Policy = OverrunPolicy.Detach;
        Guest guest = NewGuest();
        NativePort port = PortOf(guest);
        void* hog = NewStruct();
        void* other = NewCGuest();
        Assert.That(_c.Attach(hog, &port, _device.Index.Value), Is.Zero);
        for (ulong turn = 1; turn <= 3; turn++)
        {
            Assert.That(_c.Grab(hog, 0), Is.Zero);
            Assert.That((_c.Outstanding(hog), _c.Lost(hog)), Is.EqualTo((0U, 0UL)));
            SendFrom(hog, Frame(from: guest.Id.Value, to: 9, 0));
            Until(() => _nic.GetCounters(guest.Id).TxFrames == turn);
            Assert.That(_c.Grab(other, 1), Is.EqualTo((long)DeviceStatus.Queued));
            time.Advance(TimeSpan.FromMilliseconds(1));
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.That((_c.MustStop(hog), _c.Release(hog), _c.Send(hog, null, 60)), Is.EqualTo((1, (long)DeviceStatus.NotOwner, 0L)));
            Assert.That(_c.Await(other, 0), Is.Zero);
            Assert.That(_c.Release(other), Is.Zero);
        }

        Assert.That((_c.Grab(hog, 1), guest.State), Is.EqualTo(((long)DeviceStatus.Denied, GuestState.Quarantined)));
        guest.Resume();
        Assert.That(_c.Grab(hog, 0), Is.Zero);
        SendFrom(hog, Frame(from: guest.Id.Value, to: 9, 0));
        Until(() => _nic.GetCounters(guest.Id).TxFrames == 4);
    }

    [Test]
    public void AnUnpluggedDeviceEndsTheWait()
    {
        void* owner = NewCGuest();
        Assert.That(_c.Grab(owner, 0), Is.Zero);
        nint waiter = (nint)NewCGuest();
        Assert.That(_c.Grab((void*)waiter, 1), Is.EqualTo((long)DeviceStatus.Queued));
        Task<long> wait = Task.Factory.StartNew(() => _c.Await((void*)waiter, ulong.MaxValue), TaskCreationOptions.LongRunning);
        _hypervisor.RemoveDevice(_device);
        Assert.That(wait.Wait(Limit));
        Assert.That(wait.Result, Is.EqualTo((long)DeviceStatus.NoDevice));
        Assert.That(_c.Events((void*)waiter) & (uint)DeviceEvents.Removed, Is.Not.Zero);
        Assert.That(_c.Events((void*)waiter), Is.Zero, "told once");
    }

    [Test]
    public void ARingThatIsFilledBeforeItWasSeenToRunIsPostedAgain()
    {
        FakeTimeProvider time = StartOver();
        ClosedWire wire = Replug();
        Guest guest = NewGuest();
        nint other = (nint)NewCGuest();
        KickedPort kicked = new(guest.Port);
        NativePort port = PortOf(kicked);
        nint receiver = (nint)NewStruct();
        Assert.That(_c.Attach((void*)receiver, &port, _device.Index.Value), Is.Zero);
        Assert.That(_c.Grab((void*)receiver, 0), Is.Zero);

        // Asked for the device between turning receive on and the first look whether it runs.
        kicked.OnKick = () =>
        {
            Require(_c.Grab((void*)other, 1) == (long)DeviceStatus.Queued);
            time.Advance(TimeSpan.FromMilliseconds(1));
            Require(_c.MustStop((void*)receiver) != 0);
            kicked.OnKick = null;
        };
        Assert.That(Receives(receiver, []), Is.False);
        Until(() => (guest.Port.GetWindow(_device.Index).Read32(NicRegister.Status) & (uint)NicStatus.RxRunning) != 0);
        Assert.That((_c.Release((void*)receiver), _c.Await((void*)other, 0), _c.Release((void*)other)), Is.EqualTo((0L, 0L, 0L)));
        for (int i = 0; i < 100; i++)
            wire.Bring(Frame(from: 9, to: guest.Id.Value, i));
        Assert.That(_c.Grab((void*)receiver, 0), Is.Zero);
        Until(() => guest.Port.GetWindow(_device.Index).Read32(NicRegister.RxHead) == 64);
        for (int i = 0; i < 100; i++)
            Until(() => Receives(receiver, Frame(from: 9, to: guest.Id.Value, i)));
    }

    [Test]
    public void ItsRestEndsWhenTheDeviceTookWhatWasPosted()
    {
        nint sender = (nint)NewCGuest();
        Assert.That(_c.Grab((void*)sender, 0), Is.Zero);
        for (int i = 0; i < 200; i++)
        {
            SendFrom((void*)sender, Frame(from: 1, to: 9, i));
            Assert.That(Rests(() => RestFrom(sender, NicInterrupt.Tx, () => _c.Outstanding((void*)sender) == 0)));
        }
    }

    [Test]
    public void ItsRestEndsWhenAFrameComes()
    {
        ClosedWire wire = Replug();
        nint receiver = (nint)NewCGuest();
        Assert.That(_c.Grab((void*)receiver, 0), Is.Zero);
        for (int i = 0; i < 200; i++)
        {
            byte[] frame = Frame(from: 9, to: 1, i);
            Task arrival = Task.Run(() => wire.Bring(frame));
            Assert.That(Rests(() => RestFrom(receiver, NicInterrupt.Rx, () => Receives(receiver, frame))));
            arrival.Wait();
        }
    }

    [Test]
    public void ItsRestEndsWhenTheDeviceIsAskedFor()
    {
        nint owner = (nint)NewCGuest();
        void* waiter = NewCGuest();
        Assert.That(_c.Grab((void*)owner, 0), Is.Zero);
        Task rest = Task.Factory.StartNew(() => RestFrom(owner, NicInterrupt.Rx, () => _c.MustStop((void*)owner) != 0), TaskCreationOptions.LongRunning);
        Assert.That(_c.Grab(waiter, 1), Is.EqualTo((long)DeviceStatus.Queued));
        Assert.That(rest.Wait(Limit), "it is woken");
        Assert.That(_c.Release((void*)owner), Is.Zero);
    }

    private static bool Rests(Action rest) => Task.Factory.StartNew(rest, TaskCreationOptions.LongRunning).Wait(Limit);

    // Without a limit: who is not woken stays there.
    private void RestFrom(nint guest, NicInterrupt interrupts, Func<bool> reached)
    {
        while (!reached())
            _c.Rest((void*)guest, (uint)interrupts, ulong.MaxValue);
    }

    private bool Receives(nint guest, byte[] expected)
    {
        byte[] room = new byte[2048];
        fixed (byte* start = room)
        {
            uint length = _c.Receive((void*)guest, start, 2048);
            Require(length == 0 || room.AsSpan(0, (int)length).SequenceEqual(expected));
            return length != 0;
        }
    }

    // A NIC on a wire that brings what the test has it bring.
    private ClosedWire Replug()
    {
        ClosedWire wire = new();
        _hypervisor.RemoveDevice(_device);
        _device = _hypervisor.AddDevice(_nic = new Nic(wire));
        return wire;
    }

    // A hypervisor on a clock that only the test moves.
    private FakeTimeProvider StartOver()
    {
        FakeTimeProvider time = new();
        _hypervisor.Dispose();
        Build(time);
        return time;
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
            throw new InvalidOperationException("The C guest lost the device, or a frame.");
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

    private NativePort PortOf(Guest guest) => PortOf(guest.Port);

    private NativePort PortOf(IHypercallPort port)
    {
        GCHandle handle = GCHandle.Alloc(port);
        _handles.Add(handle);
        return NativePort.Of(port, handle, _device.Index);
    }

    private void* NewStruct()
    {
        GCHandle memory = GCHandle.Alloc(new byte[_c.Bytes()], GCHandleType.Pinned);
        _handles.Add(memory);
        return (void*)memory.AddrOfPinnedObject();
    }

    private uint WaitersOf(Guest guest) => Volatile.Read(in DevicePage.Slot(in guest.Port.DevicePage, _device.Index).Waiters);

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
