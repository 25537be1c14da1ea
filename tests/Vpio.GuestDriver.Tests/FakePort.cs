using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver.Tests;

/// <summary>Is a hypervisor with one guest and two devices, which does nothing by itself: the test plays every other part, step by step.</summary>
internal sealed unsafe class FakePort : IHypercallPort
{
    internal static readonly DomainId Me = new(7);
    internal static readonly DomainId Other = new(8);
    internal static readonly DeviceIndex Device0 = new(0);
    internal static readonly TimeSpan SafetyNet = TimeSpan.FromSeconds(30);

    private const int DeviceCount = 2;
    private const int MemoryBytes = 4 << 20;

    private readonly object _gate = new();
    private readonly byte* _block;
    private readonly bool[] _queued = new bool[DeviceCount];
    private readonly List<MapArgs> _maps = [];
    private readonly List<DeviceOp> _calls = [];
    private bool _stopped;
    private bool _disposed;
    private int _sleeping;

    internal FakePort()
    {
        // SAFETY: one zeroed block for pages, windows and memory, aligned to pages, freed when nobody can reach it any more.
        nuint bytes = (2 + DeviceCount) * 4096 + MemoryBytes;
        _block = (byte*)NativeMemory.AlignedAlloc(bytes, 4096);
        NativeMemory.Clear(_block, bytes);

        WritableDevicePage.Header = new()
        {
            Magic = DevicePageHeader.MagicValue,
            Major = VpioVersion.Major,
            Minor = VpioVersion.Minor,
            PageSizeBytes = DevicePage.Size,
            SlotSizeBytes = DeviceSlot.Size,
            SlotCount = DevicePage.SlotCount,
            DeviceCount = DeviceCount,
            Epoch = 0x1234,
        };
        GuestPage.Header = new()
        {
            Magic = GuestPageHeader.MagicValue,
            Major = VpioVersion.Major,
            Minor = VpioVersion.Minor,
            DomainId = Me.Value,
            Epoch = 0x1234,
        };
        for (uint i = 0; i < DevicePage.SlotCount; i++)
        {
            Slot(new(i)).DeviceClass = (uint)(i < DeviceCount ? DeviceClass.Network : DeviceClass.None);
            Slot(new(i)).State = (i < DeviceCount ? new StateWord(DeviceState.Free, DomainId.Invalid, default) : StateWord.Unused).Value;
        }
    }

    ~FakePort() => NativeMemory.AlignedFree(_block);

    /// <summary>Gets or sets what happens before a call takes effect.</summary>
    internal Action<DeviceOp>? BeforeCall { get; set; }

    /// <summary>Gets or sets what happens after a call took effect and before it returns.</summary>
    internal Action<DeviceOp, DeviceStatus>? AfterCall { get; set; }

    internal bool IsCallLogged { get; set; } = true;

    internal Action? Kicked { get; set; }

    internal int Kicks { get; private set; }

    internal DeviceStatus MapStatus { get; set; } = DeviceStatus.Ok;

    internal ushort AgreedMajor { get; set; } = VpioVersion.Major;

    internal ushort AgreedMinor { get; set; }

    internal ulong AgreedFeatures { get; set; }

    internal DeviceStatus? GrabStatus { get; set; }

    internal ulong Counter { get; set; }

    /// <summary>Gets or sets what the guest has set to be interrupted by; it runs when the test says so.</summary>
    internal Action? Handler { get; set; }

    /// <summary>Gets how often the guest was to be interrupted.</summary>
    internal int Interrupts { get; private set; }

    internal bool IsDisposed => Volatile.Read(ref _disposed);

    internal bool IsQueued => _queued[0];

    internal IReadOnlyList<MapArgs> Maps => _maps;

    internal DeviceOp[] Calls
    {
        get
        {
            lock (_gate)
                return [.. _calls];
        }
    }

    internal ref DevicePage WritableDevicePage => ref Unsafe.AsRef<DevicePage>(_block);

    public ref readonly DevicePage DevicePage => ref WritableDevicePage;

    public ref GuestPage GuestPage => ref Unsafe.AsRef<GuestPage>(_block + 4096);

    public GuestMemory Memory => new((nint)(_block + (2 + DeviceCount) * 4096), MemoryBytes);

    internal StateWord State
    {
        get => DeviceSlot.ReadState(in Slot(Device0));
        set => Interlocked.Exchange(ref Slot(Device0).State, value.Value);
    }

    public RegisterWindow GetWindow(DeviceIndex device) =>
        device.Value < DeviceCount ? new((nint)(_block + (2 + device.Value) * 4096), 4096) : default;

    public ulong ReadCounter() => Counter;

    public void Kick(DeviceIndex device)
    {
        Kicks++;
        Kicked?.Invoke();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            Monitor.PulseAll(_gate);
        }
    }

    public long Call(uint cmd, ref DeviceOpArgument argument)
    {
        DeviceOp op = (DeviceOp)cmd;
        BeforeCall?.Invoke(op);
        DeviceStatus status;
        lock (_gate)
        {
            if (IsCallLogged)
                _calls.Add(op);
            status = _stopped || _disposed ? DeviceStatus.Denied : Perform(op, ref argument);
        }

        AfterCall?.Invoke(op, status);
        return (long)status;
    }

    /// <summary>Has something happen once, after the next call that ends so took effect and before it returns.</summary>
    internal void OnceAfter(DeviceOp op, DeviceStatus status, Action then) => AfterCall = (made, answer) =>
    {
        if (made != op || answer != status)
            return;
        AfterCall = null;
        then();
    };

    /// <summary>Another guest takes the device.</summary>
    internal void OtherOwns() => State = State.NextGrant(DeviceState.Owned, Other);

    internal void OtherReleases() => State = State.WithoutOwner(DeviceState.Free);

    /// <summary>The guest's place in the queue is claimed; its ownership is not yet there.</summary>
    internal void DecideGrant() => Assert.That(TryDecideGrant(), "only a queued guest can be granted");

    internal bool TryDecideGrant()
    {
        lock (_gate)
        {
            if (!_queued[0])
                return false;
            _queued[0] = false;
            State = State.NextGrant(DeviceState.Reclaiming, Me);
            return true;
        }
    }

    internal void PublishGrant() => State = State.With(DeviceState.Owned);

    internal void Grant()
    {
        DecideGrant();
        PublishGrant();
        Raise(DeviceEvents.Granted);
    }

    internal void Revoke()
    {
        State = State.With(DeviceState.Revoking);
        Raise(DeviceEvents.Revoke);
    }

    /// <summary>The device is taken away; the guest runs on.</summary>
    internal void Detach()
    {
        State = State.WithoutOwner(DeviceState.Free);
        Raise(DeviceEvents.Reset);
    }

    /// <summary>The guest was detached too often: its place in the queue is gone, and its grabs are refused.</summary>
    internal void Quarantine()
    {
        lock (_gate)
        {
            _queued[0] = false;
            GrabStatus = DeviceStatus.Denied;
        }

        Raise(DeviceEvents.Reset);
    }

    internal void Unplug()
    {
        lock (_gate)
        {
            _queued[0] = false;
            State = State.WithoutOwner(DeviceState.Offline);
        }

        Raise(DeviceEvents.Removed);
    }

    internal void Stop()
    {
        lock (_gate)
        {
            _stopped = true;
            _queued[0] = false;
            if (State.Owner == Me)
                State = State.WithoutOwner(DeviceState.Free);
            Notify();
        }
    }

    internal void Resume()
    {
        lock (_gate)
            _stopped = false;
    }

    internal void Raise(DeviceEvents events) => Raise(Device0, events);

    internal void Raise(DeviceIndex device, DeviceEvents events)
    {
        Interlocked.Or(ref GuestPage.Events(ref GuestPage, device), (uint)events);
        Interlocked.Or(ref GuestPage.PendingSelector, 1UL << (int)device.Value);
        if (Interlocked.Exchange(ref GuestPage.UpcallPending, 1) == 0 && Volatile.Read(ref GuestPage.UpcallMask) == 0)
        {
            lock (_gate)
                Notify();
        }
    }

    /// <summary>Waits until whoever has the watch has told of everything and sleeps again.</summary>
    internal void AwaitSleepingWatch()
    {
        lock (_gate)
        {
            while (_sleeping == 0 || Volatile.Read(ref GuestPage.UpcallPending) != 0)
                Assert.That(Monitor.Wait(_gate, SafetyNet), "somebody sleeps in DEVOP_wait");
        }
    }

    /// <summary>Finds what a device reaches at an address, as the IOMMU does.</summary>
    internal byte* Translate(ulong iova, uint length, DmaAccess access)
    {
        foreach (ref MapArgs map in CollectionsMarshal.AsSpan(_maps))
        {
            if (iova >= map.Iova && iova + length <= map.Iova + map.Length && ((DmaAccess)map.Access & access) == access)
                return (byte*)Memory.Start + map.Address + (iova - map.Iova);
        }

        throw new AssertionException($"the device was given 0x{iova:x}, which it may not {access}");
    }

    internal ref DeviceSlot Slot(DeviceIndex device) => ref DevicePage.WritableSlot(ref WritableDevicePage, device);

    private static ref T As<T>(ref DeviceOpArgument argument)
        where T : unmanaged => ref Unsafe.As<DeviceOpArgument, T>(ref argument);

    private DeviceStatus Perform(DeviceOp op, ref DeviceOpArgument argument) => op switch
    {
        DeviceOp.Negotiate => Negotiate(ref As<NegotiateArgs>(ref argument)),
        DeviceOp.Grab => GrabStatus ?? Grab(ref As<GrabArgs>(ref argument)),
        DeviceOp.Release => Release(As<ReleaseArgs>(ref argument)),
        DeviceOp.Cancel => Cancel(As<CancelArgs>(ref argument)),
        DeviceOp.Query => Query(ref As<QueryArgs>(ref argument)),
        DeviceOp.Map => Map(As<MapArgs>(ref argument)),
        DeviceOp.Unmap => Unmap(As<UnmapArgs>(ref argument)),
        DeviceOp.Wait => Wait(As<WaitArgs>(ref argument)),
        _ => DeviceStatus.NoSuchOperation,
    };

    private DeviceStatus Negotiate(ref NegotiateArgs args)
    {
        if (args.Major != AgreedMajor)
            return DeviceStatus.NotSupported;
        args.AgreedMajor = AgreedMajor;
        args.AgreedMinor = AgreedMinor;
        args.AgreedFeatures = AgreedFeatures;
        args.DomainId = Me.Value;
        args.Devices = DeviceCount;
        args.Epoch = 0x1234;
        return DeviceStatus.Ok;
    }

    private DeviceStatus Grab(ref GrabArgs args)
    {
        if (args.Device >= DeviceCount)
            return DeviceStatus.NoDevice;
        ref DeviceSlot slot = ref Slot(new(args.Device));
        ref bool queued = ref _queued[args.Device];
        StateWord seen = DeviceSlot.ReadState(in slot);
        bool queue = args.Flags == GrabArgs.Queue;
        if (seen.State == DeviceState.Offline)
            return DeviceStatus.NoDevice;
        if (queued)
            return queue ? DeviceStatus.Queued : DeviceStatus.Exists;
        if (seen.Owner == Me)
            return DeviceStatus.Exists;
        if (seen.State != DeviceState.Free)
        {
            queued = queue;
            return queue ? DeviceStatus.Queued : DeviceStatus.Busy;
        }

        StateWord granted = seen.NextGrant(DeviceState.Owned, Me);
        Interlocked.Exchange(ref slot.State, granted.Value);
        args.Generation = granted.Generation.Value;
        return DeviceStatus.Ok;
    }

    private DeviceStatus Release(ReleaseArgs args)
    {
        ref DeviceSlot slot = ref Slot(new(args.Device));
        StateWord seen = DeviceSlot.ReadState(in slot);
        if (!seen.IsHeldBy(Me, new(args.Generation)))
            return DeviceStatus.NotOwner;
        Interlocked.Exchange(ref slot.State, seen.WithoutOwner(DeviceState.Free).Value);
        return DeviceStatus.Ok;
    }

    private DeviceStatus Cancel(CancelArgs args)
    {
        if (_queued[args.Device])
        {
            _queued[args.Device] = false;
            return DeviceStatus.Ok;
        }

        return DeviceSlot.ReadState(in Slot(new(args.Device))).Owner == Me ? DeviceStatus.Exists : DeviceStatus.NotFound;
    }

    private DeviceStatus Query(ref QueryArgs args)
    {
        if (args.Device >= DeviceCount || DeviceSlot.ReadState(in Slot(new(args.Device))).State == DeviceState.Offline)
            return DeviceStatus.NoDevice;
        args.Class = (uint)DeviceClass.Network;
        args.WindowBytes = 4096;
        args.SliceNs = 10_000_000;
        args.GraceNs = 5_000_000;
        args.Weight = 1;
        args.MacAddress = 0x0100_0000_0002;
        args.Grants = 3;
        args.OwnedNs = 1_500;
        return DeviceStatus.Ok;
    }

    private DeviceStatus Map(MapArgs args)
    {
        if (MapStatus == DeviceStatus.Ok)
        {
            if (_maps.Exists(map => args.Iova < map.Iova + map.Length && map.Iova < args.Iova + args.Length))
                return DeviceStatus.Exists;
            _maps.Add(args);
        }

        return MapStatus;
    }

    private DeviceStatus Unmap(UnmapArgs args) =>
        _maps.RemoveAll(map => map.Iova == args.Iova && map.Length == args.Length) == 1 ? DeviceStatus.Ok : DeviceStatus.NotFound;

    private DeviceStatus Wait(WaitArgs args)
    {
        if (Interlocked.Exchange(ref GuestPage.UpcallMask, 0) != 0 && Volatile.Read(ref GuestPage.UpcallPending) != 0)
            Notify(); // It came masked, and others may have slept through it.
        long start = Stopwatch.GetTimestamp();
        while (!_stopped && !_disposed && Volatile.Read(ref GuestPage.UpcallPending) == 0)
        {
            TimeSpan left = args.TimeoutNs == WaitArgs.Forever
                ? Timeout.InfiniteTimeSpan
                : TimeSpan.FromTicks((long)args.TimeoutNs / TimeSpan.NanosecondsPerTick) - Stopwatch.GetElapsedTime(start);
            if (left <= TimeSpan.Zero && left != Timeout.InfiniteTimeSpan)
                return DeviceStatus.TimedOut;
            Sleep(left);
        }

        return _stopped || _disposed ? DeviceStatus.Denied : DeviceStatus.Ok;
    }

    private void Notify()
    {
        Interrupts += _sleeping == 0 ? 1 : 0;
        Monitor.PulseAll(_gate);
    }

    private void Sleep(TimeSpan time)
    {
        _sleeping++;
        Monitor.PulseAll(_gate);
        try
        {
            Monitor.Wait(_gate, time);
        }
        finally
        {
            _sleeping--;
        }
    }
}
