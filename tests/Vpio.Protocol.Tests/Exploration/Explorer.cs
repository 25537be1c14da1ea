using System.Text;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Counts what an exploration came through.</summary>
/// <param name="States">The states that were told apart.</param>
/// <param name="Schedules">The schedules: each ends where nothing goes on, or in a state that was met before.</param>
/// <param name="Moments">The moments of single actors: how often code under test was run.</param>
internal readonly record struct Reach(long States, long Schedules, int Moments);

/// <summary>Goes through every order in which the accesses of the actors can happen, depth first, and judges every state.</summary>
/// <remarks>
/// A state that was met before is not gone into again: all that matters afterwards is in its hash of 64 bits. A step whose order among
/// those of others matters to nobody is made at once: a look at a word that nobody writes, an access to one that nobody else touches.
/// </remarks>
internal sealed class Explorer
{
    private readonly IReadOnlyList<Actor> _actors;
    private readonly SharedWords _words;
    private readonly Unfolding _unfolding;
    private readonly IRules _rules;
    private readonly MemoryModel _model;
    private readonly HashSet<ulong> _met = [];
    private readonly HashSet<ulong> _onPath = [];
    private readonly List<Machine> _depths = [];
    private readonly List<(int Actor, Moment? Moment, ulong Result)> _steps = [];
    private long _schedules;
    private int _sharedBefore;

    public Explorer(IReadOnlyList<Actor> actors, SharedWords words, IRules rules, MemoryModel model, Plant? plant = null)
    {
        (_actors, _words, _rules, _model) = (actors, words, rules, model);
        _unfolding = new Unfolding(actors, words, plant, rules.LandmarkAfter);
    }

    /// <summary>Gets or sets how many states are too many: an exploration that does not end shows nothing.</summary>
    public int MostStates { get; init; } = 10_000_000;

    /// <summary>Gets how far it came.</summary>
    public Reach Reach => new(_met.Count, _schedules, _unfolding.Count);

    /// <summary>Gets how often the planted bug did something.</summary>
    public int Planted => _unfolding.Planted;

    /// <inheritdoc cref="Unfolding.CheckLandmarks"/>
    public int CheckLandmarks(int most) => _unfolding.CheckLandmarks(most);

    /// <summary>Explores everything.</summary>
    /// <exception cref="BrokenRuleException">A rule does not hold; the message has the schedule.</exception>
    public void Run()
    {
        do
        {
            _sharedBefore = _words.Shared;
            _met.Clear();
            _onPath.Clear();
            _steps.Clear();
            _schedules = 0;
            try
            {
                Visit(Begin(), 0);
            }
            catch (BrokenRuleException broken)
            {
                throw new BrokenRuleException($"{broken.Message}\n{Schedule()}");
            }
        }
        while (_words.Shared != _sharedBefore);
    }

    private Machine Begin()
    {
        Machine machine = new(_words, _actors.Count);
        for (int actor = 0; actor < _actors.Count; actor++)
            machine.SetMoment(actor, _unfolding.Before(actor, default).Number);
        return machine;
    }

    private void Visit(Machine machine, int depth)
    {
        int taken = _steps.Count;
        MakeLocalSteps(machine);
        if (_words.Shared == _sharedBefore && GoOnFrom(machine, depth) == 0)
            _schedules++;
        _steps.RemoveRange(taken, _steps.Count - taken);
    }

    /// <summary>Takes each of the steps that can be taken.</summary>
    /// <returns>How many there were; none also for a state that was met before.</returns>
    private int GoOnFrom(Machine machine, int depth)
    {
        ulong hash = machine.Hash;
        if (!_met.Add(hash))
            return !_onPath.Contains(hash) ? 0 : throw new BrokenRuleException("the actors go round for ever, and none of them comes anywhere");
        if (_met.Count > MostStates)
            throw new BrokenRuleException($"the exploration did not end within {MostStates:N0} states");
        _onPath.Add(hash);
        int choices = 0;
        for (int actor = 0; actor < _actors.Count; actor++)
        {
            if (machine.BufferedBy(actor) > 0)
            {
                choices++;
                Machine after = Copy(machine, depth);
                Try(after, depth, actor, null, DrainOne);
            }

            Moment moment = _unfolding[machine.MomentOf(actor)];
            if (CanStep(machine, moment))
            {
                choices++;
                Try(Copy(machine, depth), depth, actor, moment, Step);
            }

            if (_actors[actor].IsMortal && moment.IsBetweenCalls && moment.Access is not null)
            {
                choices++;
                Try(Copy(machine, depth), depth, actor, null, Die);
            }
        }

        if (choices == 0)
            JudgeTheEnd(machine);
        _onPath.Remove(hash);
        return choices;
    }

    private void Try(Machine after, int depth, int actor, Moment? moment, Action<Machine, int> step)
    {
        if (_words.Shared != _sharedBefore)
            return;
        _steps.Add((actor, moment, 0));
        step(after, actor);
        Visit(after, depth + 1);
        _steps.RemoveAt(_steps.Count - 1);
    }

    private Machine Copy(Machine machine, int depth)
    {
        if (_depths.Count == depth)
            _depths.Add(new Machine(_words, _actors.Count));
        machine.CopyTo(_depths[depth]);
        return _depths[depth];
    }

    private void MakeLocalSteps(Machine machine)
    {
        for (int actor = 0; actor < _actors.Count; actor++)
        {
            while (_unfolding[machine.MomentOf(actor)] is { Access: { } access } moment && IsLocal(machine, moment, access))
            {
                _steps.Add((actor, moment, 0));
                Step(machine, actor);
            }
        }
    }

    private bool IsLocal(Machine machine, Moment moment, Access access)
    {
        if (moment.Beginning.Length > 0)
            return false;
        if (access.Kind == AccessKind.Happen)
            return _rules.IsUnseen((Happening)access.Word) && _unfolding.After(moment, 0).Notes.Length == 0;
        if (!access.TouchesWord)
            return false;
        bool alone = _rules.IsAlone(machine, moment.Actor);
        if (!_words.IsLocal(access.Word) && !(alone && _words.IsGuarded(access.Word)))
            return false;
        if (_actors[moment.Actor].IsMortal && moment.IsBetweenCalls)
            return false;
        if (access.Writes && machine.BufferedBy(moment.Actor) > 0)
            return false;
        return _unfolding.After(moment, access.Result(machine.Word(access.Word)))
            .Notes.All(note => alone && _rules.IsUnseen(note.What));
    }

    private bool CanStep(Machine machine, Moment moment) => moment.Access switch
    {
        null => false,
        { Kind: AccessKind.Pause } => Array.Exists(moment.Looks, look => machine.Seen(moment.Actor, look.Word) != look.Value),
        { Kind: AccessKind.Happen } access => _rules.CanHappen(machine, (Happening)access.Word, access.Value),
        { IsFence: true } => machine.BufferedBy(moment.Actor) == 0,
        _ => true,
    };

    private void Step(Machine machine, int actor)
    {
        Moment moment = _unfolding[machine.MomentOf(actor)];
        foreach (Note note in moment.Beginning)
            _rules.Happen(machine, actor, note.What, note.Value);
        ulong result = Perform(machine, actor, moment.Access!.Value);
        _steps[^1] = (actor, moment, result);
        Passage passage = _unfolding.After(moment, result);
        machine.SetMoment(actor, passage.To.Number);
        foreach (Note note in passage.Notes)
            _rules.Happen(machine, actor, note.What, note.Value);
    }

    private ulong Perform(Machine machine, int actor, Access access)
    {
        switch (access.Kind)
        {
            case AccessKind.Pause:
                return 0;
            case AccessKind.Happen:
                return _rules.Happen(machine, actor, (Happening)access.Word, access.Value);
        }

        bool alone = _rules.IsAlone(machine, actor);
        if (!alone)
            _words.LearnUnguarded(access.Word);
        ulong was = machine.Seen(actor, access.Word);
        if (access.IsBuffered && _model == MemoryModel.StoreBuffers && !_words.IsLocal(access.Word) && !(alone && _words.IsGuarded(access.Word)))
            machine.Buffer(actor, access);
        else
            Write(machine, actor, access);
        return access.Result(was);
    }

    private void Write(Machine machine, int actor, Access access)
    {
        ulong was = machine.Word(access.Word);
        ulong now = access.Apply(was);
        if (was == now)
            return;
        machine.SetWord(access.Word, now);
        _rules.Changed(machine, actor, access.Word, was, now);
    }

    private void DrainOne(Machine machine, int actor) => Write(machine, actor, machine.TakeOldest(actor));

    private void Die(Machine machine, int actor) => machine.SetMoment(actor, _unfolding.Before(actor, Onward.Done).Number);

    private void JudgeTheEnd(Machine machine)
    {
        for (int actor = 0; actor < _actors.Count; actor++)
        {
            if (_unfolding[machine.MomentOf(actor)].Access is not null && !_actors[actor].MayWaitForEver)
                throw new BrokenRuleException($"{_actors[actor].Name} waits for ever");
        }

        _rules.AtTheEnd(machine);
    }

    private string Schedule()
    {
        StringBuilder schedule = new();
        foreach ((int actor, Moment? moment, ulong result) in _steps)
        {
            string what = moment?.Access is { } access ? $"{Describe(access)} -> 0x{result:x}" : "its oldest store is seen, or it dies";
            schedule.AppendLine($"  {_actors[actor].Name}: {what}");
        }

        return schedule.ToString();
    }

    private static string Describe(Access access) => access.Kind == AccessKind.Happen
        ? $"{(Happening)access.Word} 0x{access.Value:x}"
        : $"{access.Kind} word {access.Word}, 0x{access.Value:x}, 0x{access.Expected:x}";
}
