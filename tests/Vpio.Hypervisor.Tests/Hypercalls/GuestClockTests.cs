using Vpio.Abi;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;
using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Hypercalls;

/// <summary>Holds the clock that a guest reads by its page and its counter to the hypervisor's own (docs/abi.md, "The hypervisor's clock").</summary>
[TestFixture]
internal sealed class GuestClockTests
{
    [Test]
    public void AGuestReadsTheHypervisorsClock()
    {
        using World world = new(guests: 2);
        RawGuest guest = world.Guests[1];
        Clock clock = guest.Guest.Pages.Clock;
        foreach (double seconds in (double[])[0, 0.000_000_1, 1, 86_400])
        {
            world.Time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.That(NowNs(guest.Port), Is.EqualTo(clock.NowNs));
        }
    }

    [TestCase(1_000_000_000)]
    [TestCase(24_000_000)]
    [TestCase(2_893_437_123)]
    public void ThatHoldsForACounterOfAnyFrequency(long frequency)
    {
        OtherFrequency time = new(frequency);
        Clock clock = new(time);
        long start = clock.NowNs;
        time.Ticks += 1000 * frequency;
        Assert.That(clock.NowNs, Is.EqualTo((long)clock.Conversion.ToNs(clock.Counter)));
        Assert.That(clock.NowNs - start, Is.EqualTo(1_000_000_000_000).Within(1000), "and it is a clock");
        Assert.That(start, Is.Positive);
    }

    [Test]
    public void TheSystemsTimeHasAConversionToo()
    {
        using ReferenceHypervisor hypervisor = new();
        Guest guest = hypervisor.AddGuest();
        long before = guest.Pages.Clock.NowNs;
        long now = NowNs(guest.Port);
        Assert.That(now, Is.InRange(before, guest.Pages.Clock.NowNs));
    }

    [Test]
    public void TheConversionStaysAsItIs()
    {
        using World world = new(guests: 2);
        CounterConversion first = CounterConversion.FromPage(in world.Guests[0].Port.GuestPage);
        world.Guests[0].TryGrab();
        world.Guests[1].Queue();
        world.UseUpSlice();
        world.UseUpGrace();
        world.Guests[0].Guest.Resume();
        CounterConversion later = CounterConversion.FromPage(in world.Guests[0].Port.GuestPage);
        Assert.That((later.CounterBase, later.NsBase, later.Multiplier, later.Shift), Is.EqualTo((first.CounterBase, first.NsBase, first.Multiplier, first.Shift)));
        Assert.That(later.IsAvailable);
    }

    [Test]
    public void TheEndsOnTheDevicePageAreTimesOfThatClock()
    {
        using World world = new(guests: 2);
        world.Guests[0].TryGrab();
        world.Guests[1].Queue();
        Assert.That((long)world.Guests[0].Slot.SliceEndNs - NowNs(world.Guests[0].Port), Is.EqualTo(World.Slice.Ticks * 100));
        world.UseUpSlice();
        Assert.That((long)world.Guests[0].Slot.GraceEndNs - NowNs(world.Guests[0].Port), Is.EqualTo(World.Grace.Ticks * 100));
    }

    private static long NowNs(IHypercallPort port) => (long)CounterConversion.FromPage(in port.GuestPage).ToNs(port.ReadCounter());

    private sealed class OtherFrequency(long frequency) : TimeProvider
    {
        public override long TimestampFrequency => frequency;

        internal long Ticks { get; set; }

        public override long GetTimestamp() => Ticks;
    }
}
