using Microsoft.Extensions.Time.Testing;
using Vpio.Abi;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Tracing;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Ownership;

/// <summary>Holds that brief ownerships cost no look at the clock, and that their time is counted all the same (docs/ownership.md, "Slice and grace").</summary>
[TestFixture]
internal sealed class OwnershipSamplerTests
{
    private static readonly TimeSpan Period = TimeSpan.FromTicks(OwnershipSampler.PeriodNs / 100);

    private readonly CountingTime _time = new();
    private ReferenceHypervisor _hypervisor = null!;
    private Nic _nic = null!;
    private SharedDevice _device = null!;
    private RawGuest _guest = null!;

    private double OwnedMs => _device.GetOwnershipStatistics(_guest.Guest).Owned.TotalMilliseconds;

    [SetUp]
    public void StartHypervisor()
    {
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { TimeProvider = _time });
        _nic = new Nic(new LoopbackWire());
        _device = _hypervisor.AddDevice(_nic);
        _guest = AddGuest(1);
    }

    [TearDown]
    public void EndHypervisor() => _hypervisor.Dispose();

    [Test]
    public void GrabsAndReleasesThatNobodyElseHasToDoWithReadNoClock()
    {
        GrabBriefly();
        long before = _time.Reads;
        for (int i = 0; i < 1000; i++)
            GrabAndRelease();
        Assert.That(_time.Reads, Is.EqualTo(before));
    }

    [Test]
    public void GrabsNowAndThenAreTimed()
    {
        for (int i = 0; i < 10 * OwnershipSampler.BriefGrants; i++)
        {
            Assert.That(_guest.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
            _time.Advance(TimeSpan.FromTicks(1 + (OwnershipSampler.BriefNs / 100)));
            _guest.Release();
        }

        Assert.That(OwnedMs, Is.EqualTo(0.0101 * 10 * OwnershipSampler.BriefGrants).Within(0.0001));
    }

    [Test]
    public void WhoOwnsTheDeviceAtALookHasOwnedItSinceTheLookBefore()
    {
        GrabBriefly();
        _guest.TryGrab();
        _time.Advance(Period);
        _guest.Release();
        Assert.That(OwnedMs, Is.EqualTo(Period.TotalMilliseconds));
    }

    [Test]
    public void AnOwnershipThatTwoLooksSeeIsTimedFromThere()
    {
        GrabBriefly();
        _guest.TryGrab();
        _time.Advance(Period);
        _time.Advance(Period);
        _time.Advance(TimeSpan.FromMilliseconds(7));
        _guest.Release();
        Assert.That(OwnedMs, Is.EqualTo((2 * Period.TotalMilliseconds) + 7));
    }

    [Test]
    public void OwnershipsThatAreBriefNoMoreAreTimedAgain()
    {
        GrabBriefly();
        _time.Advance(Period);
        for (int i = 0; i < 5; i++)
        {
            _guest.TryGrab();
            _time.Advance(TimeSpan.FromMilliseconds(1));
            _guest.Release();
        }

        Assert.That(OwnedMs, Is.EqualTo(5));
    }

    [Test]
    public void SamplingGoesOnWhileOwnershipsAreBrief()
    {
        GrabBriefly();
        for (ulong i = 0; i < OwnershipSampler.FewestInPeriod; i++)
            GrabAndRelease();
        _time.Advance(Period);
        long before = _time.Reads;
        GrabAndRelease();
        Assert.That(_time.Reads, Is.EqualTo(before));
    }

    [Test]
    public void ATryThatLeftAStampAndLostIsNotBilled()
    {
        _device.Granting(_guest.Guest.Id, queued: false);
        _time.Advance(TimeSpan.FromMilliseconds(3));
        RawGuest other = AddGuest(2);
        GrabBriefly(other);
        GrabAndRelease(_guest);
        Assert.That(OwnedMs, Is.Zero);
    }

    [Test]
    public void ADeviceThatRestsIsLookedAtNoMoreAndItsNextOwnershipIsTimed()
    {
        GrabBriefly();
        _time.Advance(Period);
        _time.Advance(Period);
        long before = _time.Reads;
        _time.Advance(100 * Period);
        Assert.That(_time.Reads, Is.EqualTo(before), "it is looked at still");
        _guest.TryGrab();
        _time.Advance(TimeSpan.FromMilliseconds(3));
        _guest.Release();
        Assert.That(OwnedMs, Is.EqualTo(3));
    }

    private RawGuest AddGuest(int number)
    {
        Guest guest = _hypervisor.AddGuest();
        _nic.SetMacAddress(guest.Id, World.AddressOf(number));
        _hypervisor.Assign(guest, _device);
        return new RawGuest(guest);
    }

    private void GrabBriefly() => GrabBriefly(_guest);

    private void GrabAndRelease() => GrabAndRelease(_guest);

    private static void GrabBriefly(RawGuest guest)
    {
        for (int i = 0; i <= 2 * OwnershipSampler.BriefGrants; i++)
            GrabAndRelease(guest);
    }

    private static void GrabAndRelease(RawGuest guest)
    {
        guest.TryGrab();
        guest.Release();
    }

    private sealed class CountingTime : FakeTimeProvider
    {
        public long Reads { get; private set; }

        public override long GetTimestamp()
        {
            Reads++;
            return base.GetTimestamp();
        }
    }
}
