using Vpio.Abi;

namespace Vpio.Protocol.Tests.Exploration;

/// <content>Judges each change of the state word and of the word of waiters, and each end.</content>
internal sealed partial class TenRules
{
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

    private static bool IsTransition(StateWord was, StateWord now) => (was.State, now.State) switch
    {
        (DeviceState.Free, DeviceState.Owned or DeviceState.Reclaiming) => true,
        (DeviceState.Owned, DeviceState.Revoking) => was.With(DeviceState.Revoking) == now,
        (DeviceState.Owned or DeviceState.Revoking, DeviceState.Reclaiming) => was.WithoutOwner(DeviceState.Reclaiming) == now,
        (DeviceState.Reclaiming, not DeviceState.Revoking) => true,
        (DeviceState.Offline, DeviceState.Free) => true,
        _ => false,
    };
}
