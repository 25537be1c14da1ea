namespace Vpio.Hostile.Judging;

/// <summary>Is two neighbours on each device, who stream to each other.</summary>
internal sealed class Neighbourhood
{
    private readonly Court _court;
    private readonly Neighbour[] _neighbours;
    private readonly Lane[] _lanes;

    /// <summary>Settles the neighbours; nobody sends yet.</summary>
    /// <param name="court">Where they have their case heard.</param>
    /// <param name="random">Where what they keep secret comes from.</param>
    public Neighbourhood(Court court, Random random)
    {
        _court = court;
        _neighbours = [.. court.Ground.Devices.SelectMany(device => new[] { device, device }).Select(device => new Neighbour(court, device, random.Next()))];
        _lanes = [.. _neighbours.Select((from, i) => new Lane(from.Address, _neighbours[i ^ 1].Address, (ulong)random.NextInt64(long.MinValue, long.MaxValue)))];
    }

    /// <summary>Gets the neighbours.</summary>
    public IReadOnlyList<Neighbour> Neighbours => _neighbours;

    /// <summary>Gets how often all of them had the device.</summary>
    public long Turns => _neighbours.Sum(neighbour => neighbour.Turns);

    /// <summary>Gets how many frames arrived as they should.</summary>
    public long Frames => _lanes.Sum(lane => lane.Received);

    /// <summary>Has everybody begin, and waits until each has received something.</summary>
    public void Begin()
    {
        for (int i = 0; i < _neighbours.Length; i++)
            _neighbours[i].Start(_lanes[i], _lanes[i ^ 1]);
        AwaitProgress(1);
    }

    /// <summary>Waits until each lane has carried so many frames more.</summary>
    /// <param name="frames">How many.</param>
    public void AwaitProgress(long frames)
    {
        long[] wanted = [.. _lanes.Select(lane => lane.Received + frames)];
        bool came = SpinWait.SpinUntil(
            () =>
            {
                _court.Look();
                return _court.Effects.Any || _lanes.Zip(wanted).All(each => each.First.Received >= each.Second);
            },
            _court.Patience);
        if (!came)
            _court.Effects.Add("a neighbour's frames do not come");
    }

    /// <summary>Ends the streams, and looks whether all that was sent was received.</summary>
    public void WindDown()
    {
        foreach (Neighbour neighbour in _neighbours)
            neighbour.WindDown();
        foreach (Neighbour neighbour in _neighbours.TakeWhile(_ => !_court.Effects.Any))
            neighbour.AwaitEnd();
    }

    /// <summary>Has everybody leave.</summary>
    public void Leave()
    {
        if (_court.Effects.Any)
            _court.Effects.Close(); // Somebody may still be at work.
        foreach (Neighbour neighbour in _neighbours)
            neighbour.Leave();
    }
}
