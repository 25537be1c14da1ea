using Vpio.Abi;

namespace Vpio.Simulation.Checking;

/// <summary>Is what is known of one device: its owner, its times, and those who wait, in the order in which they asked.</summary>
internal sealed class DeviceRecord
{
    /// <summary>A time that is not.</summary>
    public const long Never = long.MaxValue;

    private readonly GuestRecord?[] _guests = new GuestRecord?[1 + Load.TraceFile.MostGuests];
    private GuestRecord? _newest;

    /// <summary>Gets or sets whether it is plugged in.</summary>
    public bool IsPlugged { get; set; }

    /// <summary>Gets or sets the owner that the device knows of; 0 for none.</summary>
    public int Owner { get; set; }

    /// <summary>Gets or sets the generation of the last ownership.</summary>
    public ulong Generation { get; set; }

    /// <summary>Gets or sets whether its owner's revocation was seen.</summary>
    public bool IsRevoked { get; set; }

    /// <summary>Gets or sets whose context the device has loaded; 0 for none.</summary>
    public int Loaded { get; set; }

    /// <summary>Gets or sets how many grants there were.</summary>
    public long Grants { get; set; }

    /// <summary>Gets or sets whether anybody was ever preferred: then there are grants out of turn.</summary>
    public bool HasPreferences { get; set; }

    /// <summary>Gets or sets the generation that was granted out of turn last; 0 for none.</summary>
    public ulong OutOfTurn { get; set; }

    /// <summary>Gets or sets the longest slice that was in force, nanoseconds.</summary>
    public long SliceNs { get; set; }

    /// <summary>Gets or sets the longest grace that was in force, nanoseconds.</summary>
    public long GraceNs { get; set; }

    /// <summary>Gets or sets until when its owner must be asked to stop, or if it was, be gone.</summary>
    public long MustChangeByNs { get; set; } = Never;

    /// <summary>Gets or sets the generation and state last seen in its slot.</summary>
    public StateWord LastWord { get; set; }

    /// <summary>Gets or sets how many waited at the end of the last step that touched it.</summary>
    public int WaitedBefore { get; set; }

    /// <summary>Gets how many wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Gets who has waited longest.</summary>
    public GuestRecord? Oldest { get; private set; }

    /// <summary>Gets the sum of the weights of all guests.</summary>
    public long Weights { get; private set; }

    /// <summary>Gets the greatest weight.</summary>
    public long GreatestWeight { get; private set; }

    /// <summary>Gets the number of guests that it was ever assigned to.</summary>
    public int Guests { get; private set; }

    /// <summary>Finds a guest.</summary>
    /// <param name="guest">Its domain id; 0 stands for no guest.</param>
    public GuestRecord Of(int guest) => _guests[guest] ??= new GuestRecord();

    /// <summary>Notes a guest's weight: the highest of all is what the bound counts.</summary>
    /// <param name="guest">Its domain id.</param>
    /// <param name="weight">The weight.</param>
    public void Weigh(int guest, long weight)
    {
        GuestRecord record = Of(guest);
        Guests += record.Weight == 0 ? 1 : 0;
        Weights += Math.Max(0, weight - record.Weight);
        record.Weight = Math.Max(record.Weight, weight);
        GreatestWeight = Math.Max(GreatestWeight, weight);
    }

    /// <summary>Puts a guest at the end of those who wait.</summary>
    /// <param name="record">The guest.</param>
    /// <param name="nowNs">When it asked.</param>
    public void Join(GuestRecord record, long nowNs)
    {
        (record.Waits, record.AskedAtNs, record.AskedAtGrant) = (true, nowNs, Grants);
        (record.Before, record.After) = (_newest, null);
        if (_newest is { } newest)
            newest.After = record;
        else
            Oldest = record;
        _newest = record;
        Waiting++;
    }

    /// <summary>Takes a guest out of those who wait.</summary>
    /// <param name="record">The guest.</param>
    public void Leave(GuestRecord record)
    {
        record.Waits = false;
        if (record.Before is { } before)
            before.After = record.After;
        else
            Oldest = record.After;
        if (record.After is { } after)
            after.Before = record.Before;
        else
            _newest = record.Before;
        Waiting--;
    }

    /// <summary>Takes everybody out of those who wait.</summary>
    public void LeaveAll()
    {
        while (Oldest is { } oldest)
            Leave(oldest);
    }

    /// <summary>Computes how long a guest may wait here.</summary>
    /// <param name="record">The guest.</param>
    public long BoundOf(GuestRecord record) =>
        WaitBound.Of(Guests - 1, Weights - record.Weight, SliceNs, GraceNs) + (HasPreferences ? WaitBound.OutOfTurn(Guests, GreatestWeight, SliceNs, GraceNs) : 0);

    /// <summary>Forgets for whom something arrived: the device is gone.</summary>
    public void ForgetPreferences()
    {
        OutOfTurn = 0;
        foreach (GuestRecord? guest in _guests)
        {
            if (guest is not null)
                guest.IsPreferred = false;
        }
    }
}
