using Vpio.Abi;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Judges an exploration by the ten rules, and is the clock's and the guests' pages' part of it.</summary>
/// <remarks>
/// What it remembers is part of the explored state. Guests are numbered from 1; a set of guests is a byte with bit g - 1 for guest g,
/// as in the wait set.
/// </remarks>
internal sealed partial class TenRules : IRules
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

    public Note? LandmarkAfter(Access access, ulong result, int lastWord)
    {
        // Who waits for the device or for a drain remembers more; who waits for the word only that it waits.
        if (access.Kind == AccessKind.Pause && (lastWord == _state || lastWord == _waiting))
            return new Note(Happening.Paused, 0);
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

    private void ChangeContext(Machine machine, int actor, ulong to)
    {
        ExpectExclusive(machine, actor, "the context was changed");
        Expect(machine.Memory[InBatch] == 0, machine, "the context was changed while the device works (rule 7)");
        machine.Memory[Loaded] = Stored(to);
    }

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
