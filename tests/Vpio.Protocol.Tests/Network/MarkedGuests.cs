using Vpio.Abi;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Are guests of one NIC that take random turns with marked frames, and check every byte they find.</summary>
internal sealed class MarkedGuests : IDisposable
{
    private const int Guests = 4;
    private const byte Outside = 0x0a;

    private readonly FrameLog _log = new();
    private readonly Random _random;
    private readonly World _world;
    private readonly MarkedGuest[] _guests;
    private readonly Func<MarkedGuest, bool>[] _turns;
    private readonly int _seed;
    private byte _mark = 0x0e;
    private int _number;

    public MarkedGuests(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _world = new World(guests: 0, new NicOptions { ParkingFrames = 24, GroupQuotaFrames = 8, Observer = _log });
        _guests = [.. Enumerable.Range(0, Guests).Select(_ => Admit())];
        _turns = [BringToOne, BringToAll, Send, Send, Send, Read, Read, Own, Own, Release, HandOverByTime, OutliveGrace, Stop, Restart, Replace];
        Happened = new int[_turns.Length];
    }

    public int FramesRead { get; private set; }

    public int GroupFramesRead { get; private set; }

    /// <summary>Gets how often each kind of turn had anything to do.</summary>
    public int[] Happened { get; }

    public void TakeStep()
    {
        int turn = _random.Next(_turns.Length);
        if (_turns[turn](_guests[_random.Next(Guests)]))
            Happened[turn]++;
    }

    public void LookThroughThoseWithoutTheDevice()
    {
        foreach (MarkedGuest guest in _guests.Where(guest => !guest.Raw.Owns))
            guest.LookThrough();
    }

    /// <summary>Lets everybody read what still waits, and looks through all.</summary>
    public void EndWithEverythingRead()
    {
        AwaitQuiet();
        foreach (MarkedGuest guest in _guests)
        {
            Own(guest);
            RawNic.Eventually(() => Read(guest) && guest.HasReadAll, $"guest {guest.Raw.Id} gets what was accepted for it (seed {_seed})");
            Release(guest);
        }

        LookThroughThoseWithoutTheDevice();
    }

    public void Dispose() => _world.Dispose();

    private MarkedGuest Admit()
    {
        _mark += 2;
        Vpio.Hypervisor.Guests.Guest guest = _world.Hypervisor.AddGuest();
        _world.Nic.SetMacAddress(guest.Id, MarkedFrame.AddressOf(_mark));
        _world.Hypervisor.Assign(guest, _world.Device);
        return new MarkedGuest(new RawGuest(guest), _mark, _log);
    }

    private bool BringToOne(MarkedGuest to)
    {
        for (int i = _random.Next(6); i >= 0; i--)
            _world.Nic.Receive(Make(to.Mark, Outside));
        return true;
    }

    private bool BringToAll(MarkedGuest guest)
    {
        _world.Nic.Receive(Make(MarkedFrame.All, Outside));
        return true;
    }

    private bool Send(MarkedGuest to)
    {
        if (OwnerBesides(to) is not { } owner)
            return false;
        for (int i = _random.Next(10); i >= 0; i--)
            owner.Nic.Send(Make(_random.Next(4) == 0 ? MarkedFrame.All : to.Mark, owner.Mark));

        // Most of the time the frames are still on their way at the next turn.
        if (_random.Next(3) == 0 || owner.Nic.Unsent > RawNic.Entries / 2)
            owner.Nic.Drain();
        return true;
    }

    private bool Read(MarkedGuest guest)
    {
        guest.AwaitFrameIfDue();
        return ReadNow(guest);
    }

    private bool ReadNow(MarkedGuest guest)
    {
        List<byte> read = guest.ReadAll();
        FramesRead += read.Count;
        GroupFramesRead += read.Count(to => to == MarkedFrame.All);
        return true;
    }

    private bool Own(MarkedGuest guest)
    {
        if (OwnerBesides(guest) is { } owner)
            Release(owner);
        if (!guest.Raw.Owns)
            Assert.That(guest.Raw.TryGrab(), Is.EqualTo(DeviceStatus.Ok));
        guest.SetUp();
        return true;
    }

    private bool Release(MarkedGuest guest)
    {
        if (!guest.Raw.Owns)
            return false;
        if (_random.Next(2) == 0)
            guest.Nic.Drain();
        guest.Raw.Release();
        return _random.Next(2) == 0 || Read(guest);
    }

    /// <summary>Ends the slice of the owner, which releases when it is asked; the waiter has the device then.</summary>
    private bool HandOverByTime(MarkedGuest next)
    {
        if (OwnerBesides(next) is not { } owner)
            return false;
        next.Raw.Queue();
        _world.UseUpSlice();
        owner.Raw.Release();
        Assert.That(next.Raw.Owns);
        next.SetUp();
        return true;
    }

    private bool OutliveGrace(MarkedGuest next)
    {
        if (OwnerBesides(next) is not { } owner)
            return false;
        next.Raw.Queue();
        _world.UseUpSlice();
        _world.UseUpGrace();
        Assert.That(next.Raw.Owns);
        Resume(owner);
        next.SetUp();
        return true;
    }

    private bool Stop(MarkedGuest guest)
    {
        guest.Raw.Guest.Stop();
        Resume(guest);
        return true;
    }

    private void Resume(MarkedGuest guest)
    {
        guest.LookThrough();
        Read(guest);
        guest.Raw.Guest.Resume();
        guest.Forget();
    }

    /// <summary>Turns the rings off and on, so that they begin anew in memory that has been used.</summary>
    private bool Restart(MarkedGuest guest)
    {
        if (!guest.Raw.Owns)
            return false;
        guest.Nic.TurnOff();
        ReadNow(guest);
        guest.Forget();
        guest.SetUp();
        return true;
    }

    /// <summary>Removes a guest; the next has its id, and must have nothing else of it.</summary>
    private bool Replace(MarkedGuest guest)
    {
        _world.Hypervisor.RemoveGuest(guest.Raw.Guest);
        guest.LookThrough();
        Read(guest);
        Assert.That(guest.HasReadAll, "a removed guest's frames are neither read nor discarded");
        AwaitQuiet();
        _guests[Array.IndexOf(_guests, guest)] = Admit();
        return true;
    }

    private MarkedGuest? OwnerBesides(MarkedGuest guest) => Array.Find(_guests, other => other.Raw.Owns && other != guest);

    private void AwaitQuiet() => RawNic.Eventually(() => _world.Nic.FramesUnderWay == 0, "all have heard all");

    private byte[] Make(byte to, byte from) => MarkedFrame.Make(to, from, ++_number, _random.Next(MarkedFrame.HeaderBytes + 1, 1515));
}
