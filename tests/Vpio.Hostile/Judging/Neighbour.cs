using Vpio.Abi;
using Vpio.GuestDriver;
using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Judging;

/// <summary>Is a well-behaved guest on a thread of its own, which takes turns with the device and says whatever is not as it must be.</summary>
internal sealed class Neighbour
{
    private const long GrantsBeside = 2; // A grab that was under way, and a generation that a stop uses up.

    private readonly IGroundGuest _guest;
    private readonly IHypercallPort _port;
    private readonly Court _court;
    private readonly DeviceIndex _index;
    private readonly NeighbourDriver _driver;
    private readonly GuestPageWatch _page;
    private readonly Thread _thread;
    private Lane _outgoing = null!;
    private Lane _incoming = null!;
    private long _turns;
    private bool _windsDown;

    /// <summary>Makes a neighbour.</summary>
    /// <param name="court">Where it has its case heard.</param>
    /// <param name="index">Its device.</param>
    /// <param name="seed">What its memory is filled from.</param>
    public Neighbour(Court court, DeviceIndex index, int seed)
    {
        _court = court;
        _index = index;
        _guest = court.Roster.Admit(court.Ground, [index], isHostile: false);
        _port = _guest.Port;
        _page = new GuestPageWatch(_port, index);
        _driver = new NeighbourDriver(_port, index, court.Roster, seed);
        _thread = new Thread(Live) { IsBackground = true, Name = $"neighbour {_guest.Id}" };
    }

    /// <summary>Gets its address.</summary>
    public Vpio.Abi.Network.MacAddress Address => _driver.Address;

    /// <summary>Gets how often it had the device.</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>Gets its port, for the tests that damage what is its own.</summary>
    public IHypercallPort Port => _port;

    private StateWord Word => DeviceSlot.ReadState(in DevicePage.Slot(in _port.DevicePage, _index));

    /// <summary>Begins to live.</summary>
    /// <param name="outgoing">What it sends.</param>
    /// <param name="incoming">What it receives.</param>
    public void Start(Lane outgoing, Lane incoming)
    {
        (_outgoing, _incoming) = (outgoing, incoming);
        _thread.Start();
    }

    /// <summary>Sends nothing new, and ends when all that was sent has been received.</summary>
    public void WindDown() => Volatile.Write(ref _windsDown, true);

    /// <summary>Waits for its end.</summary>
    public void AwaitEnd()
    {
        if (!_thread.Join(_court.Patience))
            Complain($"frames are still missing, or the device never came: {_outgoing.Sent - _outgoing.Received} under way, {Word}");
    }

    /// <summary>Leaves the ground.</summary>
    public void Leave() => _driver.Dispose();

    private void Live()
    {
        try
        {
            bool goesOn = true;
            while (goesOn && !(Volatile.Read(ref _windsDown) && _outgoing.IsEmpty && _incoming.IsEmpty))
                goesOn = TakeTurn();
            Look();
        }
        catch (Exception thrown)
        {
            Complain($"{thrown.GetType().Name}: {thrown.Message}");
        }
    }

    private bool TakeTurn()
    {
        Look();
        if (Grab() is not { } grant)
            return false;
        _court.Book.Owned(_index, grant.Generation, _guest.Id);
        DeviceLease lease = _driver.Device.Hold(grant);
        string? complaint = _driver.TakeTurn(in lease, _outgoing, _incoming, sends: !Volatile.Read(ref _windsDown));
        _court.Watch.Look(_port, _court.Ground.Devices);
        if (lease.Release() == ReleaseResult.AlreadyTaken)
            complaint ??= "its ownership was ended by another";
        else
            _court.Book.GaveBack(_index, grant.Generation, _guest.Id);
        Volatile.Write(ref _turns, _turns + 1);
        if (complaint is not null)
            Complain(complaint);
        return complaint is null;
    }

    /// <summary>Grabs the device in its turn, and counts who comes before it.</summary>
    /// <returns>The grant; <see langword="null"/> when none came.</returns>
    private Grant? Grab()
    {
        ValueTask<Grant> asked = _driver.Device.GrabAsync();
        if (asked.IsCompleted)
            return asked.GetAwaiter().GetResult();

        // Read when it waits already: whoever is granted the device after this comes before it.
        long joined = (long)Word.Generation.Value;
        if (!AwaitUpcall(in asked))
        {
            Complain($"it waits and is not granted the device: {Word}");
            return null;
        }

        Grant grant = asked.GetAwaiter().GetResult();
        long others = (long)grant.Generation.Value - joined - 1;
        if (others > _court.Roster.CountOwners(_index) + GrantsBeside)
            Complain($"it waited through {others} grants, on a device of {_court.Roster.CountOwners(_index)} guests");
        return grant;
    }

    /// <summary>Sleeps until the grab is decided, on this thread: one of a pool might come late.</summary>
    private bool AwaitUpcall(in ValueTask<Grant> asked)
    {
        while (true)
        {
            uint mark = _driver.Device.UpcallMark; // Before the look: what comes after it ends the sleep.
            if (asked.IsCompleted)
                return true;
            if (!_driver.Device.WaitForUpcall(mark, _court.Patience))
                return false;
        }
    }

    private void Look()
    {
        if ((_driver.CompareMemory() ?? _page.Complaint()) is { } complaint)
            Complain(complaint);
    }

    private void Complain(string what) => _court.Effects.Add($"{_guest.Id}, a neighbour on {_index}: {what}");
}
