using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hostile.Attacks;
using Vpio.Hostile.Grounds;

namespace Vpio.Hostile.Judging;

/// <summary>Is a hostile guest whose threads are the judge's own: they attack until the budget is used up, whatever becomes of the guest meanwhile.</summary>
internal sealed class HostileGuest
{
    private const int MostCallsOfMachine = 256;

    private readonly Lock _gate = new();
    private readonly Court _court;
    private readonly StrikeCampaign _campaign;
    private readonly CallBudget _budget;
    private readonly int _seed;
    private readonly DeviceIndex[] _devices;
    private readonly Thread[] _threads;
    private readonly Thread _reaper;
    private readonly AutoResetEvent _due = new(initialState: false);
    private readonly DeviceOpArgument[] _arguments = new DeviceOpArgument[8];
    private IGroundGuest _guest;
    private bool _ended;
    private bool _isLost; // A thread of it was given up, and it is not waited for any more.

    /// <summary>Admits the guest to the first device of the ground.</summary>
    /// <param name="court">Where it is judged.</param>
    /// <param name="campaign">What it does.</param>
    /// <param name="budget">How many calls it may make.</param>
    /// <param name="seed">Where its chance begins.</param>
    public HostileGuest(Court court, StrikeCampaign campaign, CallBudget budget, int seed)
    {
        (_court, _campaign, _budget, _seed) = (court, campaign, budget, seed);
        _devices = [court.Ground.Devices[0]];
        _guest = Admit();
        Tallies = [.. Enumerable.Range(0, campaign.Threads).Select(_ => new Tally())];
        _threads = [.. Tallies.Select((tally, i) => new Thread(() => Strike(i, tally)) { IsBackground = true, Name = $"hostile {i}" })];
        _reaper = new Thread(Reap) { IsBackground = true, Name = "hostile's end" };
    }

    /// <summary>Gets what each of its threads did.</summary>
    public IReadOnlyList<Tally> Tallies { get; }

    /// <summary>Gets how the guest ended, each time.</summary>
    public Endings Endings { get; } = new();

    /// <summary>Begins the attack.</summary>
    public void Start()
    {
        _reaper.Start();
        foreach (Thread thread in _threads)
            thread.Start();
    }

    /// <summary>Ends the attack, and looks whether a guest that was stopped has really nothing any more.</summary>
    public void End()
    {
        lock (_gate)
            _ended = true;
        _due.Set();
        _guest.Stop();
        foreach (Thread thread in _threads.Append(_reaper))
            AwaitEnd(thread);

        // Once more, for the reaper may have let another in; and on a thread that can be given up.
        _guest.Stop();
        Thread last = new(() => ExpectStopped(_guest)) { IsBackground = true };
        last.Start();
        AwaitEnd(last);
        Part(_guest);
        foreach (Tally tally in Tallies)
        {
            if (tally.Breach is { } breach)
                _court.Effects.Add(breach);
        }
    }

    private void AwaitEnd(Thread thread)
    {
        if (_isLost || thread.Join(_court.Patience))
            return;
        _isLost = true;
        _court.Effects.Add($"a call of {_guest.Id} never returned, though the guest was stopped");
    }

    private IGroundGuest Admit() => _campaign.Home == GuestHome.Machine
        ? _court.Roster.AdmitAgent(_court.Ground, _devices, _court.Witness.Port, _court.Patience)
        : _court.Roster.Admit(_court.Ground, _devices, isHostile: true);

    private void Strike(int thread, Tally tally)
    {
        for (int life = 0; !_budget.IsUsedUp && !Volatile.Read(ref _ended); life++)
        {
            IGroundGuest guest = Volatile.Read(ref _guest);
            Strike(new Assault(guest.Port, _devices, thread, unchecked((((_seed * 397) + thread) * 397) + life), _budget, tally)
            {
                Id = guest.Id,
                SharedArguments = _arguments,
                Windows = guest.GetWindow,
                Claims = _court.Book.ClaimsOf(guest.Id),
                Denied = () => GoesOnAfterDenial(guest),
                Portion = MakeDue,
            });
            SpinWait.SpinUntil(() => Volatile.Read(ref _ended) || guest != Volatile.Read(ref _guest) || !IsGone(guest));
        }
    }

    private void Strike(Assault assault)
    {
        try
        {
            _campaign.Attack.Strike(assault);
        }
        catch (Exception thrown)
        {
            _court.Effects.Add($"the attack itself failed by {thrown.GetType().Name}: {thrown.Message}");
        }
    }

    /// <summary>Lets a guest go on that was denied a call.</summary>
    /// <returns>Whether it does.</returns>
    private bool GoesOnAfterDenial(IGroundGuest guest)
    {
        lock (_gate)
        {
            if (_ended || guest != _guest)
                return false;
            GuestStanding standing = guest.Standing;
            if (standing == GuestStanding.Running)
                return true; // It was let go on meanwhile.
            if (IsGone(guest))
            {
                _due.Set();
                return false; // Another comes in its place.
            }

            Endings.Add(Word(standing));
            guest.Resume();
            return true;
        }
    }

    private string Word(GuestStanding standing) => standing switch
    {
        GuestStanding.Quarantined => "quarantined",
        _ when _campaign.Fate == Fate.Stopped => "stopped",
        _ => "stopped by force",
    };

    private void MakeDue()
    {
        if (_campaign.Fate != Fate.Resumed)
            _due.Set();
    }

    /// <summary>Ends the guest while its threads attack, whenever it is due.</summary>
    private void Reap()
    {
        Random random = new(_seed);
        while (_due.WaitOne() && !Volatile.Read(ref _ended))
        {
            AwaitMoment(random);
            if (_campaign.Fate == Fate.Stopped && !IsGone(_guest))
                _guest.Stop();
            if (_campaign.Fate == Fate.Removed || IsGone(_guest))
                Replace();
        }
    }

    /// <summary>Waits for the moment of an end, which is to be any. Calls of a machine are slow: some more are made before.</summary>
    private void AwaitMoment(Random random)
    {
        if (_campaign.Home == GuestHome.Machine)
        {
            long moment = CountCalls() + random.Next(MostCallsOfMachine);
            SpinWait.SpinUntil(() => CountCalls() >= moment || Volatile.Read(ref _ended) || IsGone(_guest));
        }

        Thread.SpinWait(random.Next(5_000));
    }

    private long CountCalls() => Tallies.Sum(tally => tally.Calls);

    /// <summary>Tells whether a guest never goes on again.</summary>
    private static bool IsGone(IGroundGuest guest) => guest.Standing is var standing && (standing == GuestStanding.Removed || (standing == GuestStanding.Stopped && guest.IsMortal));

    private void Replace()
    {
        IGroundGuest former = _guest;

        // Of a guest that lives on when it is stopped there is no end to wait for: it is stopped here when the campaign ends just now.
        string ending = former.IsMortal && former.Standing == GuestStanding.Stopped ? AwaitEnding(former) : "removed";
        former.Remove();
        lock (_gate)
        {
            if (_ended)
                return;
            Endings.Add(ending);
            LookThrough(former);
            Volatile.Write(ref _guest, Admit());
        }
    }

    private string AwaitEnding(IGroundGuest guest)
    {
        if (!SpinWait.SpinUntil(() => guest.Ending is not null, _court.Patience))
            _court.Effects.Add($"{guest.Id} was stopped, and what it runs in goes on");
        return $"{guest.Ending}";
    }

    private void Part(IGroundGuest guest)
    {
        guest.Remove();
        LookThrough(guest);
    }

    private void LookThrough(IGroundGuest guest)
    {
        if (guest.Port.MemoryBytes().IndexOf(ForeignMark.Bytes) >= 0)
            _court.Effects.Add("a neighbour's frame is in the hostile guest's memory");
        GC.KeepAlive(guest);
    }

    private void ExpectStopped(IGroundGuest guest)
    {
        if (guest.IsMortal)
        {
            AwaitEnding(guest); // There is nobody any more to make a call.
            return;
        }

        foreach (DeviceOp operation in Enum.GetValues<DeviceOp>())
        {
            DeviceOpArgument argument = new() { Input0 = operation == DeviceOp.Negotiate ? 1UL : _devices[0].Value };
            if (guest.Port.Call((uint)operation, ref argument) != (long)DeviceStatus.Denied)
                _court.Effects.Add($"a stopped guest's {operation} was not refused");
        }
    }
}
