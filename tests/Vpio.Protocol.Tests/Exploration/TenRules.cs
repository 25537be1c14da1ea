using Vpio.Abi;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Judges an exploration by the ten rules, and is the clock's and the guests' pages' part of it.</summary>
/// <remarks>
/// What it remembers is part of the explored state. Guests are numbered from 1; a set of guests is a byte with bit g - 1 for guest g,
/// as in the wait set.
/// </remarks>
internal sealed class TenRules : IRules
{
    // Where it remembers what: cells of Machine.Memory.
    private const int Exclusive = 0;
    private const int NewestOwned = 1;
    private const int Loaded = 2;
    private const int Timed = 3;
    private const int Signals = 4;
    private const int ToldToWait = 5;
    private const int LeftForGood = 6;
    private const int BargeLimits = 7;
    private const int Passed = 8;
    private const int Ending = 9;
    private const int InBatch = 10;
    private const int StrippedGuests = 11;

    private readonly int _guests;
    private readonly bool _inTurn;
    private readonly bool _times;
    private readonly bool _works;
    private readonly int _state;
    private readonly int _waiting;
    private readonly int[] _marks;

    /// <summary>Judges the exploration of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="words">The shared words, of which it learns those that it judges.</param>
    /// <param name="inTurn">Whether nobody is granted out of turn.</param>
    /// <param name="times">Whether there is a timer.</param>
    /// <param name="works">Whether the device works.</param>
    public TenRules(SharedDeviceUnderTest device, SharedWords words, bool inTurn = true, bool times = true, bool works = true)
    {
        (_guests, _inTurn, _times, _works) = (device.Guests, inTurn, times, works);
        _state = NumberOf(words, () => _ = device.Ownership.State);
        _waiting = NumberOf(words, () => device.Ownership.Waiting.Contains(SharedDeviceUnderTest.Id(1)));
        _marks = [.. Enumerable.Range(1, _guests).Select(guest => NumberOf(words, () => device.IsMarked(guest)))];
    }

    /// <summary>Gets the number of the state word.</summary>
    public int StateWordNumber => _state;

    /// <summary>Gets the number of the word of waiters.</summary>
    public int WaitingNumber => _waiting;

    public bool CanHappen(Machine machine, Happening what, ulong value) => what switch
    {
        // A deadline that meets another word than its own does nothing.
        Happening.AwaitTimed => machine.Memory[Timed] != 0 && machine.Memory[Timed] == machine.Word(_state),
        Happening.AwaitUpcall => SignalsOf(machine, value) != 0,
        _ => true,
    };

    public Note? LandmarkAfter(Access access, ulong result)
    {
        if (access.Word != _state)
            return null;
        if (access.Kind == AccessKind.Exchange && _inTurn && new StateWord(access.Value).State != DeviceState.Offline)
            return new Note(Happening.Published, access.Value);
        if (access.Kind == AccessKind.CompareExchange && result != access.Expected && new StateWord(access.Expected).State == DeviceState.Free)
            return new Note(Happening.Overtaken, 0);
        return null;
    }

    public bool IsUnseen(Happening what) => what switch
    {
        Happening.Quiesced => true,
        Happening.Switched or Happening.ContextReset => !_works,
        Happening.Ended or Happening.StartSlice => !_times,
        _ => false,
    };

    public bool IsAlone(Machine machine, int actor) => machine.Memory[Exclusive] == (ulong)actor + 1;

    public ulong Happen(Machine machine, int actor, Happening what, ulong value)
    {
        Span<ulong> memory = machine.Memory;
        switch (what)
        {
            case Happening.Ended:
                ExpectExclusive(machine, actor, "an ownership was booked as ended");
                Expect(memory[Ending] == new StateWord(value).Generation.Value + 1, machine, "an ownership was booked as ended that is another, or twice");
                memory[Ending] = 0;
                memory[Timed] = 0;
                break;
            case Happening.Quiesced:
                ExpectExclusive(machine, actor, "the device was quiesced");
                break;
            case Happening.ContextReset:
                ChangeContext(machine, actor, DomainId.InvalidValue);
                break;
            case Happening.Switched:
                Expect(memory[Loaded] == Stored(value & 0xFFFF), machine, "a context was saved that is not the loaded one");
                ChangeContext(machine, actor, value >> 16);
                break;
            case Happening.Told:
                memory[Signals] |= (ulong)GuestSignal.Granted << Shift(value);
                break;
            case Happening.Removed:
                memory[Signals] |= (ulong)GuestSignal.Removed << Shift(value);
                break;
            case Happening.Woken:
                memory[Signals] |= (ulong)GuestSignal.Woken << Shift(value);
                break;
            case Happening.AwaitUpcall:
                return TakeSignals(machine, value);
            case Happening.GrabBegins:
                memory[LeftForGood] &= ~BitOf(value);
                memory[BargeLimits] |= (memory[ToldToWait] & ~BitOf(value)) << Shift(value);
                break;
            case Happening.WaitBegan:
                memory[ToldToWait] |= BitOf(value) & machine.Word(_waiting);
                break;
            case Happening.CancelLeft:
                Expect((SignalsOf(machine, value) & (ulong)GuestSignal.Granted) == 0, machine, $"guest {value} was granted and told that it left (rule 9)");
                memory[LeftForGood] |= BitOf(value);
                break;
            case Happening.Stripped:
                memory[StrippedGuests] |= BitOf(value);
                break;
            case Happening.StartSlice or Happening.StartGrace:
                if (machine.Word(_state) == value)
                    memory[Timed] = value;
                break;
            case Happening.ForgetSlice:
                if (memory[Timed] == value)
                    memory[Timed] = 0;
                break;
            case Happening.AwaitTimed:
                return memory[Timed];
            case Happening.BatchBegins:
                memory[InBatch] = value;
                break;
            case Happening.BatchWorks:
                Expect(memory[Loaded] == new StateWord(value).Owner.Value, machine, "the device works for a guest whose context is gone (rule 7)");
                memory[InBatch] = 0;
                break;
            case Happening.CallTouches:
                Expect((memory[StrippedGuests] & BitOf(value)) == 0, machine, $"a call of guest {value} touches what its stop took (rule 8)");
                break;
        }

        return 0;
    }

    public void Changed(Machine machine, int actor, int word, ulong was, ulong now)
    {
        if (word == _state)
            ChangedState(machine, actor, new StateWord(was), new StateWord(now));
        else if (word == _waiting)
            Left(machine, was & ~now);
    }

    public void AtTheEnd(Machine machine)
    {
        StateWord word = new(machine.Word(_state));
        ulong waiting = machine.Word(_waiting);
        ulong loaded = machine.Memory[Loaded];
        Expect(word.State != DeviceState.Reclaiming, machine, "the device is stuck in RECLAIMING");
        Expect(word.State != DeviceState.Free || waiting == 0, machine, "the device is free and somebody waits: a lost wake-up (rule 3)");
        Expect(word.State != DeviceState.Offline || (waiting == 0 && loaded == 0), machine, "somebody waits for a device that is gone, or is still loaded on it (rule 10)");
        Expect(!word.IsHeld || loaded == word.Owner.Value, machine, "the owner has another guest's context");
        if (word.State == DeviceState.Owned && (waiting & ~BitOf(word.Owner.Value)) != 0)
            Expect(machine.Memory[Timed] == word.Value, machine, "somebody waits and no slice runs");
        for (int guest = 1; guest <= _guests; guest++)
        {
            if (machine.Word(_marks[guest - 1]) == 0)
                continue;
            Expect(!word.IsHeld || word.Owner.Value != guest, machine, $"guest {guest} is stopped and owns the device (rule 8)");
            Expect((waiting & BitOf((ulong)guest)) == 0, machine, $"guest {guest} is stopped and waits (rule 8)");
            Expect(loaded != (ulong)guest, machine, $"guest {guest} is stopped and its context is loaded (rule 8)");
        }
    }

    private void ChangedState(Machine machine, int actor, StateWord was, StateWord now)
    {
        Span<ulong> memory = machine.Memory;
        if (was.State == DeviceState.Reclaiming)
            Expect(memory[Exclusive] == (ulong)actor + 1, machine, $"RECLAIMING was left by one who had not won it, for {now}");
        Expect(IsTransition(was, now), machine, $"there is no way from {was} to {now}");
        Expect(now.Generation.Value >= memory[NewestOwned], machine, "a generation went back (rule 1)");
        if (was.State == DeviceState.Owned && now.State == DeviceState.Revoking)
            Expect(memory[Timed] == was.Value, machine, "an ownership was revoked whose slice does not run");
        if (was.IsHeld && !now.IsHeld)
            memory[Ending] = was.Generation.Value + 1;
        if (was.State == DeviceState.Reclaiming && now.State != DeviceState.Reclaiming)
            Expect(memory[Ending] == 0, machine, "RECLAIMING was left before the ownership was booked as ended");
        if (was.State == DeviceState.Free && now.Owner.IsValid)
            Expect((memory[BargeLimits] >> Shift(now.Owner.Value) & machine.Word(_waiting) & 0xFF) == 0, machine, $"{now.Owner} passed one who had been told before that it waits (rule 3)");
        memory[Exclusive] = now.State == DeviceState.Reclaiming ? (ulong)actor + 1 : 0;
        if (now.State == DeviceState.Owned)
            Owned(machine, now);
    }

    private void Owned(Machine machine, StateWord now)
    {
        Span<ulong> memory = machine.Memory;
        ulong owner = now.Owner.Value;
        Expect(now.Generation.Value > memory[NewestOwned], machine, "a generation has a second owner (rule 1)");
        Expect(memory[Loaded] == owner, machine, "the new owner has another guest's context (rule 7)");
        Expect((memory[LeftForGood] & BitOf(owner)) == 0, machine, $"{now.Owner} was granted after it was told that it left (rule 9)");
        memory[NewestOwned] = now.Generation.Value;
        for (int waiter = 1; waiter <= _guests; waiter++)
        {
            if ((machine.Word(_waiting) & BitOf((ulong)waiter)) == 0 || owner == (ulong)waiter)
                continue;
            ulong mark = BitOf(owner) << Shift((ulong)waiter);
            Expect(!_inTurn || (memory[Passed] & mark) == 0, machine, $"{now.Owner} was granted twice while guest {waiter} waited (rule 4)");
            memory[Passed] |= mark;
        }
    }

    private void Left(Machine machine, ulong left)
    {
        Span<ulong> memory = machine.Memory;
        memory[ToldToWait] &= ~left;
        for (int guest = 1; guest <= _guests; guest++)
        {
            memory[BargeLimits] &= ~(left << Shift((ulong)guest));
            if ((left & BitOf((ulong)guest)) != 0)
                memory[Passed] &= ~(0xFFUL << Shift((ulong)guest));
        }
    }

    private void ChangeContext(Machine machine, int actor, ulong to)
    {
        ExpectExclusive(machine, actor, "the context was changed");
        Expect(machine.Memory[InBatch] == 0, machine, "the context was changed while the device works (rule 7)");
        machine.Memory[Loaded] = Stored(to);
    }

    private static bool IsTransition(StateWord was, StateWord now) => (was.State, now.State) switch
    {
        (DeviceState.Free, DeviceState.Owned or DeviceState.Reclaiming) => true,
        (DeviceState.Owned, DeviceState.Revoking) => was.With(DeviceState.Revoking) == now,
        (DeviceState.Owned or DeviceState.Revoking, DeviceState.Reclaiming) => was.WithoutOwner(DeviceState.Reclaiming) == now,
        (DeviceState.Reclaiming, not DeviceState.Revoking) => true,
        (DeviceState.Offline, DeviceState.Free) => true,
        _ => false,
    };

    private static ulong SignalsOf(Machine machine, ulong guest) => (machine.Memory[Signals] >> Shift(guest)) & 0xFF;

    private static ulong TakeSignals(Machine machine, ulong guest)
    {
        ulong signals = SignalsOf(machine, guest);
        machine.Memory[Signals] &= ~((0xFF & ~(ulong)GuestSignal.Woken) << Shift(guest));
        return signals;
    }

    // A guest's byte in a cell; guest 0 does not exist.
    private static int Shift(ulong guest) => 8 * ((int)guest - 1);

    private static ulong BitOf(ulong guest) => 1UL << ((int)guest - 1);

    private static ulong Stored(ulong guest) => guest == DomainId.InvalidValue ? 0 : guest;

    private static int NumberOf(SharedWords words, Action look)
    {
        Rehearsal rehearsal = new(0, default, words, [], null);
        try
        {
            ExploredMemory.Rehearse(rehearsal, look);
        }
        catch (RehearsalEndsException)
        {
        }

        return rehearsal.Next?.Word ?? throw new InvalidOperationException("The look touched no word.");
    }

    private void ExpectExclusive(Machine machine, int actor, string what) => Expect(
        machine.Memory[Exclusive] == (ulong)actor + 1 && new StateWord(machine.Word(_state)).State == DeviceState.Reclaiming, machine, $"{what} by one who is not alone with it in RECLAIMING");

    private void Expect(bool held, Machine machine, string what)
    {
        if (!held)
            throw new BrokenRuleException($"{what}; the word is {new StateWord(machine.Word(_state))}");
    }
}

/// <summary>Says what wakes a sleeping guest.</summary>
[Flags]
internal enum GuestSignal : ulong
{
    None = 0,
    Granted = 1,
    Removed = 2,
    Woken = 4,
}
