using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Holds what the operations answer to good arguments (docs/abi.md, "The hypercall").</summary>
[TestFixture]
internal sealed class AnswerTests
{
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
    public void NegotiateTellsVersionDomainDevicesAndEpoch()
    {
        NegotiateArgs args = new() { Major = 1, Minor = 7, Features = ulong.MaxValue };
        Assert.That(_b.Call(ref args), Is.EqualTo(DeviceStatus.Ok));
        Assert.That((args.AgreedMajor, args.AgreedMinor, args.AgreedFeatures), Is.EqualTo(((ushort)1, (ushort)0, 0UL)));
        Assert.That(args.DomainId, Is.EqualTo(_b.Id.Value));
        Assert.That(args.Devices, Is.EqualTo(1));
        Assert.That(args.Epoch, Is.Not.Zero.And.EqualTo(_b.Port.DevicePage.Header.Epoch).And.EqualTo(_b.Port.GuestPage.Header.Epoch));
    }

    [Test]
    public void NegotiateBelievesNothingThatTheGuestWroteIntoItsPage()
    {
        ulong epoch = _a.Port.DevicePage.Header.Epoch;
        _a.Port.GuestPage.Header.Epoch = epoch + 1;
        _a.Port.GuestPage.Header.DomainId = _b.Id.Value;
        NegotiateArgs args = new() { Major = 1 };
        _a.Call(ref args);
        Assert.That((args.Epoch, args.DomainId), Is.EqualTo((epoch, _a.Id.Value)));
    }

    [Test]
    public void GetStateNamesTheCallerAndNoOtherOwner()
    {
        _a.TryGrab();
        Assert.That(new StateWord(StateOf(_a).State), Is.EqualTo(_a.Word));
        Assert.That(new StateWord(StateOf(_b).State), Is.EqualTo(_a.Word.WithoutOwner(DeviceState.Owned)));
        _b.Queue();
        GetStateArgs seen = StateOf(_b);
        Assert.That(seen.Waiters, Is.EqualTo(1));
        Assert.That(seen.SliceEndNs, Is.Not.Zero.And.EqualTo(_a.Slot.SliceEndNs));
        _world.UseUpSlice();
        Assert.That(new StateWord(StateOf(_b).State), Is.EqualTo(_a.Word.WithoutOwner(DeviceState.Revoking)));
    }

    [Test]
    public void GrabTellsTheGenerationAndTheNumberAhead()
    {
        Assert.That(_a.TryGrab(0, out GrabArgs owned), Is.EqualTo(DeviceStatus.Ok));
        Assert.That((owned.Generation, owned.SliceEndNs, owned.Ahead), Is.EqualTo((_a.Generation.Value, 0UL, 0u)));
        Assert.That(_a.TryGrab(), Is.EqualTo(DeviceStatus.Exists));
        RawGuest c = _world.AddGuest();
        _b.Queue();
        GrabArgs queued = new() { Flags = GrabArgs.Queue };
        Assert.That(c.Call(ref queued), Is.EqualTo(DeviceStatus.Queued));
        Assert.That((queued.Generation, queued.Ahead), Is.EqualTo((0UL, 1u)));
        Assert.That(c.Queue(), Is.EqualTo(DeviceStatus.Queued), "again so when it already is");
    }

    [Test]
    public void QueryDescribesTheDevice()
    {
        QueryArgs answer = _b.Query();
        Assert.That(answer.Class, Is.EqualTo((uint)DeviceClass.Network));
        Assert.That(answer.WindowBytes, Is.EqualTo(4096).And.EqualTo(_b.Port.GetWindow(new DeviceIndex(0)).LengthBytes));
        Assert.That(answer.SliceNs, Is.EqualTo(10_000_000));
        Assert.That(answer.GraceNs, Is.EqualTo(5_000_000));
        Assert.That(answer.Weight, Is.EqualTo(1));
        Assert.That(answer.MacAddress, Is.EqualTo(World.AddressOf(_b.Id.Value).Value));
    }

    [Test]
    public void QueryCountsTheCallersOwnershipsAndNobodyElses()
    {
        _a.TryGrab();
        _b.Queue();
        _world.UseUpSlice();
        _world.Time.Advance(TimeSpan.FromMilliseconds(2));
        _a.Release();
        _world.Time.Advance(TimeSpan.FromMilliseconds(3));
        _b.Release();

        QueryArgs a = _a.Query();
        QueryArgs b = _b.Query();
        Assert.That((a.Grants, a.Revocations, a.ForcedStops, a.OwnedNs, a.WaitedNs), Is.EqualTo((1UL, 1UL, 0UL, 12_000_000UL, 0UL)));
        Assert.That((b.Grants, b.Revocations, b.ForcedStops, b.OwnedNs, b.WaitedNs), Is.EqualTo((1UL, 0UL, 0UL, 3_000_000UL, 12_000_000UL)));
    }

    [Test]
    public void QueryCountsAForcedStop()
    {
        _a.TryGrab();
        _b.Queue();
        _world.UseUpSlice();
        _world.UseUpGrace();
        _a.Guest.Resume();
        QueryArgs a = _a.Query();
        Assert.That((a.Grants, a.Revocations, a.ForcedStops, a.OwnedNs), Is.EqualTo((1UL, 1UL, 1UL, 15_000_000UL)));
    }

    private static GetStateArgs StateOf(RawGuest guest)
    {
        GetStateArgs args = default;
        Assert.That(guest.Call(ref args), Is.EqualTo(DeviceStatus.Ok));
        return args;
    }
}
