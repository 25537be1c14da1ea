using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Holds the hypervisor's side of shared memory: what it writes where nothing has a meaning yet, and what it believes of what a guest may change (docs/abi.md, "Who may write what", "Compatible growth").</summary>
[TestFixture]
internal sealed class SharedMemoryTests
{
    private const int RacesWanted = 100_000;
    private static readonly TimeSpan AtTheLatest = TimeSpan.FromSeconds(30);

    private World _world = null!;
    private RawGuest _a = null!;
    private RawGuest _b = null!;

    [SetUp]
    public void StartWorld()
    {
        _world = new World(guests: 2);
        (_a, _b) = (_world.Guests[0], _world.Guests[1]);
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void ReservedBytesOfThePagesAreZeroWhateverHappened()
    {
        LiveThroughEverything();
        byte[] devices = MemoryMarshal.AsBytes(new ReadOnlySpan<DevicePage>(in _b.Port.DevicePage)).ToArray();
        Assert.That(devices[40..64], Is.All.Zero, "of the device page's header");
        for (int slot = 0; slot < 63; slot++)
        {
            int start = 64 + (64 * slot);
            Assert.That(devices[(start + 56)..(start + 64)], Is.All.Zero, $"of slot {slot}");
        }

        byte[] guest = MemoryMarshal.AsBytes(new ReadOnlySpan<GuestPage>(in _b.Port.GuestPage)).ToArray();
        foreach (Range reserved in (Range[])[10..16, 24..64, 66..68, 104..128, 380..4096])
            Assert.That(guest[reserved], Is.All.Zero, $"bytes {reserved} of the guest page");
    }

    [Test]
    public void AGuestThatScribblesOnItsPageHarmsItselfAlone()
    {
        _a.TryGrab();
        _b.Queue();
        MemoryMarshal.AsBytes(new Span<GuestPage>(ref _a.Port.GuestPage)).Fill(0xFF);
        _world.UseUpSlice();
        Assert.That(_a.Release(), Is.EqualTo(DeviceStatus.Ok), "its calls are its own still");
        Assert.That((_b.Owns, _b.Wait(timeoutNs: 0), _b.TakeEvents()), Is.EqualTo((true, DeviceStatus.Ok, DeviceEvents.Granted)));
        Assert.That(_a.Queue(), Is.EqualTo(DeviceStatus.Queued));
        _b.Release();
        Assert.That(_a.Owns, "what it waits for is in the hypervisor's own books");
    }

    [Test]
    public void TheInputsAreFetchedOnce()
    {
        // Valid: device 0 without flags. Invalid: a reserved flag, and a device that does not exist. Who looks at the flag and
        // then fetches the device again finds no device, which neither of the two says.
        const ulong Valid = 0;
        const ulong Invalid = 62 | (2UL << 32);
        Dictionary<DeviceStatus, int> seen = [];
        DeviceOpArgument[] shared = new DeviceOpArgument[1];
        using CancellationTokenSource enough = new(AtTheLatest);
        Task writer = Task.Factory.StartNew(() => Alternate(ref shared[0].Input0, Valid, Invalid, enough.Token), TaskCreationOptions.LongRunning);
        int changes = 0;
        DeviceStatus before = DeviceStatus.Ok;
        while (changes < RacesWanted && !enough.IsCancellationRequested)
        {
            DeviceStatus status = _a.Port.Call(DeviceOp.Grab, ref shared[0]);
            CollectionsMarshal.GetValueRefOrAddDefault(seen, status, out _)++;
            changes += status == before ? 0 : 1;
            before = status;
            if (status == DeviceStatus.Ok)
                _a.Release();
        }

        enough.Cancel();
        Assert.That(writer.Wait(AtTheLatest));
        Assert.That(seen.Keys, Is.EquivalentTo([DeviceStatus.Ok, DeviceStatus.Invalid]), string.Join(", ", seen));
    }

    private static void Alternate(ref ulong word, ulong one, ulong other, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            for (int i = 0; i < 100; i++)
            {
                Volatile.Write(ref word, one);
                Volatile.Write(ref word, other);
            }
        }
    }

    private void LiveThroughEverything()
    {
        _a.TryGrab();
        _b.Queue();
        _world.UseUpSlice();
        _world.UseUpGrace();
        _b.Release();
        _a.Guest.Resume();
        _a.TryGrab();
        _b.Queue();
        _world.UseUpSlice();
        _a.Release();
        _world.Hypervisor.RemoveDevice(_world.Hypervisor.AddDevice(new Devices.Network.Nic(new Devices.Network.LoopbackWire())));
        for (int bit = 0; bit < 6; bit++)
            _world.Device.Raise(_b.Id, (DeviceEvents)(1 << bit));
    }
}
