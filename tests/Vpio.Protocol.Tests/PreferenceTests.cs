using Vpio.Abi;

namespace Vpio.Protocol.Tests;

/// <summary>Holds grants out of turn (docs/ownership.md, "Out of turn").</summary>
[TestFixture]
internal sealed class PreferenceTests
{
    private static readonly TimeSpan ShortestSlice = TimeSpan.FromMicroseconds(100);

    private World _world = null!;
    private RawGuest[] _guests = null!;

    private RawGuest Owner => _guests.Single(guest => guest.Owns);

    [SetUp]
    public void StartWorld()
    {
        _world = new World(guests: 4);
        _guests = _world.Guests;
    }

    [TearDown]
    public void EndWorld() => _world.Dispose();

    [Test]
    public void APreferredWaiterIsGrantedNext()
    {
        AllWantIt();
        Prefer(3);
        Owner.Release();
        Assert.That(_guests[3].Owns);
    }

    [Test]
    public void TheCyclicOrderGoesOnWhereItStood()
    {
        AllWantIt();
        Prefer(3);
        Owner.Release();
        Assert.That(OwnersInOrder(4), Is.EqualTo(new[] { 3, 1, 2, 3 }), "what was granted out of turn is no turn");
    }

    [Test]
    public void BetweenTwoGrantsInTurnThereIsOneOutOfTurnAtMost()
    {
        AllWantIt();
        List<int> owners = [];
        for (int i = 0; i < 12; i++)
        {
            // As often as can be: the guest is preferred again as soon as it is granted.
            Prefer(2);
            owners.Add(TurnOver());
        }

        Assert.That(owners, Is.EqualTo(new[] { 0, 2, 1, 2, 3, 2, 0, 2, 1, 2, 3, 2 }), "every second grant is in turn");
    }

    [Test]
    public void APreferenceEndsWithTheGrantHoweverItComes()
    {
        Prefer(3);
        _guests[3].TryGrab();
        _guests[3].Release();
        AllWantIt();
        Owner.Release();
        Assert.That(_guests[1].Owns, "guest 3 had its turn and no more");
    }

    [Test]
    public void WhoIsPreferredAndDoesNotWaitChangesNothing()
    {
        _guests[0].TryGrab();
        _guests[1].Queue();
        Prefer(3);
        Assert.That(_guests[0].Slot.SliceEndNs, Is.EqualTo(1_000_000_000UL + 10_000_000UL));
        _guests[0].Release();
        Assert.That(_guests[1].Owns);
    }

    [Test]
    public void WhoJoinsPreferredIsGrantedNext()
    {
        _guests[0].TryGrab();
        _guests[1].Queue();
        Prefer(3);
        _guests[3].Queue();
        _guests[0].Release();
        Assert.That(_guests[3].Owns);
    }

    [Test]
    public void AnArrivalCutsTheOwnersSliceToTheShortestThereIs()
    {
        AllWantIt();
        Prefer(3);
        _world.Time.Advance(ShortestSlice - TimeSpan.FromTicks(1));
        Assert.That(_guests[0].Word.State, Is.EqualTo(DeviceState.Owned));
        _world.Time.Advance(TimeSpan.FromTicks(1));
        Assert.That(_guests[0].Word.State, Is.EqualTo(DeviceState.Revoking));
    }

    [Test]
    public void AnArrivalLateInASliceEndsItAtOnce()
    {
        AllWantIt();
        _world.Time.Advance(World.Slice / 2);
        Prefer(3);
        _world.Time.Advance(TimeSpan.Zero);
        Assert.That(_guests[0].Word.State, Is.EqualTo(DeviceState.Revoking));
    }

    [Test]
    public void WhoJoinsPreferredCutsTheSliceToo()
    {
        _guests[0].TryGrab();
        Prefer(3);
        _guests[3].Queue();
        _world.Time.Advance(ShortestSlice);
        Assert.That(_guests[0].Word.State, Is.EqualTo(DeviceState.Revoking));
    }

    [Test]
    public void WhoFollowsAGrantOutOfTurnHasItsFullSlice()
    {
        AllWantIt();
        Prefer(2);
        Assert.That(OwnersInOrder(2), Is.EqualTo(new[] { 0, 2 }));
        ulong sliceEndNs = _guests[1].Slot.SliceEndNs;

        // Cut at each arrival, every slice in turn could be the shortest there is, and who hears much would have the device nearly alone.
        Prefer(3);
        Assert.That((_guests[1].Owns, _guests[1].Slot.SliceEndNs), Is.EqualTo((true, sliceEndNs)));
        TurnOver();
        Assert.That(_guests[3].Owns, "the preference stands");
    }

    [Test]
    public void APreferredOwnerIsNotHurried()
    {
        AllWantIt();
        Prefer(0);
        _world.Time.Advance(ShortestSlice);
        Assert.That(_guests[0].Word.State, Is.EqualTo(DeviceState.Owned));
    }

    [Test]
    public void AStoppedGuestsPreferenceIsGone()
    {
        AllWantIt();
        Prefer(3);
        _guests[3].Guest.Stop();
        _guests[3].Guest.Resume();
        _guests[3].Queue();
        Owner.Release();
        Assert.That(_guests[1].Owns);
    }

    private void AllWantIt()
    {
        foreach (RawGuest guest in _guests)
            guest.Queue();
        Assert.That(_guests[0].Owns);
    }

    private void Prefer(int guest) => _world.Device.Gate.HandOver(_guests[guest].Id);

    private int[] OwnersInOrder(int turns) => [.. Enumerable.Range(0, turns).Select(_ => TurnOver())];

    /// <summary>Lets the owner release and queue again.</summary>
    /// <returns>The number of that owner.</returns>
    private int TurnOver()
    {
        int owner = Array.IndexOf(_guests, Owner);
        _guests[owner].Release();
        _guests[owner].Queue();
        return owner;
    }
}
