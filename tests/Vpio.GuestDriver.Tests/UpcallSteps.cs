using Vpio.Abi;

namespace Vpio.GuestDriver.Tests;

/// <summary>Is one actor's way to the words: plays back what it saw, makes one access more, and breaks off.</summary>
internal sealed class UpcallSteps(UpcallMemory memory, int actor, ulong[] seen)
{
    private int _played;

    /// <summary>Gets whether the access was made.</summary>
    internal bool HasMoved { get; private set; }

    /// <summary>Gets what the actor has seen, with the access that was made.</summary>
    internal ulong[] Seen { get; private set; } = seen;

    internal HypervisorWords Hypervisor => new(this);

    internal GuestWords Guest => new(this);

    /// <summary>Looks at pending and begins to sleep when it is clear, in one step: the sleep of DEVOP_wait, under its lock.</summary>
    internal bool LookOrSleep() => Access(words =>
    {
        if (!words.Pending)
            words.Sleepers |= 1U << actor;
        return words.Pending ? 1UL : 0;
    }) != 0;

    /// <summary>Begins to sleep, whatever is pending by now: the second of two steps, for a broken twin.</summary>
    internal void FallAsleep() => Access(words =>
    {
        words.Sleepers |= 1U << actor;
        return 0;
    });

    /// <summary>Sleeps until it is notified.</summary>
    internal void AwaitNotification() => Access(words => words.Sleepers & (1U << actor), canGoOn: words => (words.Sleepers & (1U << actor)) == 0);

    internal void Notify() => Access(words =>
    {
        words.Sleepers = 0;
        return 0;
    });

    internal void Tell(DeviceIndex device, DeviceEvents events) => Access(words =>
    {
        words.Told[device.Value] |= (uint)events;
        return 0;
    });

    internal ulong Access(Func<UpcallMemory, ulong> access, Func<UpcallMemory, bool>? canGoOn = null)
    {
        if (_played < Seen.Length)
            return Seen[_played++];
        if (HasMoved || (canGoOn is not null && !canGoOn(memory)))
            throw new BrokenOffException();
        HasMoved = true;
        _played++;
        Seen = [.. Seen, access(memory)];
        return Seen[^1];
    }

    /// <summary>Breaks an actor off where it has more to do, or waits.</summary>
    internal sealed class BrokenOffException : Exception;

    /// <summary>Is the hypervisor's accesses.</summary>
    internal readonly struct HypervisorWords(UpcallSteps steps) : Hypervisor.Upcalls.IUpcallWords
    {
        public void OrEvents(DeviceIndex device, DeviceEvents events) => steps.Access(words =>
        {
            words.Raised[device.Value] |= (uint)events;
            words.Events[device.Value] |= (uint)events;
            return 0;
        });

        public void OrSelector(DeviceIndex device) => steps.Access(words => words.Selector |= 1UL << (int)device.Value);

        public bool SetPending() => steps.Access(words => Exchange(words.Pending, words.Pending = true)) != 0;

        public bool IsPending() => steps.Access(words => words.Pending ? 1UL : 0) != 0;

        public bool IsMasked() => steps.Access(words => words.Mask ? 1UL : 0) != 0;

        public bool ClearMask() => steps.Access(words => Exchange(words.Mask, words.Mask = false)) != 0;
    }

    /// <summary>Is the guest's accesses.</summary>
    internal readonly struct GuestWords(UpcallSteps steps) : IUpcallWords, IUpcallSink
    {
        public void Mask() => steps.Access(words => Exchange(words.Mask, words.Mask = true));

        public void Unmask() => steps.Access(words => Exchange(words.Mask, words.Mask = false));

        public void ClearPending() => steps.Access(words => Exchange(words.Pending, words.Pending = false));

        public bool IsPending() => steps.Access(words => words.Pending ? 1UL : 0) != 0;

        public ulong ExchangeSelector() => steps.Access(words =>
        {
            ulong before = words.Selector;
            words.Selector = 0;
            return before;
        });

        public DeviceEvents ExchangeEvents(DeviceIndex device) => (DeviceEvents)steps.Access(words =>
        {
            uint before = words.Events[device.Value];
            words.Events[device.Value] = 0;
            return before;
        });

        public void Notice(DeviceIndex device, DeviceEvents events) => steps.Tell(device, events);
    }

    // The arguments are evaluated in order: what was there, then the change.
    private static ulong Exchange(bool before, bool after) => before ? 1UL : 0;
}
