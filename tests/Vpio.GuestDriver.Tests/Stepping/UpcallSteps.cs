using Vpio.Abi;
using Vpio.GuestDriver.Processes;

namespace Vpio.GuestDriver.Tests.Stepping;

/// <summary>Is one actor's way to the words of a guest page.</summary>
internal sealed class UpcallSteps(Steps<UpcallMemory> steps)
{
    private readonly uint _bit = steps.Bit;

    internal HypervisorWords Hypervisor => new(this);

    internal GuestWords Guest => new(this);

    /// <summary>Gets the accesses of a guest that sleeps by notify_seq, without a call.</summary>
    internal SleepWords Sleep => new(this);

    /// <summary>Looks at pending and begins to sleep when it is clear, in one step: the sleep of DEVOP_wait, under its lock.</summary>
    internal bool LookOrSleep() => Access(words =>
    {
        if (!words.Pending)
            words.Sleepers |= _bit;
        return words.Pending ? 1UL : 0;
    }) != 0;

    /// <summary>Begins to sleep, whatever is pending by now: the second of two steps, for a broken twin.</summary>
    internal void FallAsleep() => Access(words =>
    {
        words.Sleepers |= _bit;
        return 0;
    });

    /// <summary>Sleeps until it is notified.</summary>
    internal void AwaitNotification() => Access(words => words.Sleepers & _bit, canGoOn: words => (words.Sleepers & _bit) == 0);

    internal void Notify() => Access(words =>
    {
        words.Sleepers = 0;
        return 0;
    });

    /// <summary>Notifies a guest that sleeps by notify_seq: in two steps, as the number and the call of the system are two.</summary>
    internal void MoveSequenceAndWake()
    {
        Access(words => ++words.Sequence);
        Notify();
    }

    internal void Tell(DeviceIndex device, DeviceEvents events) => Access(words =>
    {
        words.Told[device.Value] |= (uint)events;
        return 0;
    });

    internal ulong Access(Func<UpcallMemory, ulong> access, Func<UpcallMemory, bool>? canGoOn = null) => steps.Access(access, canGoOn);

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

        public void SetPending() => steps.Access(words => Exchange(words.Pending, words.Pending = true));

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

    /// <summary>Is the accesses of a guest that sleeps by notify_seq.</summary>
    internal readonly struct SleepWords(UpcallSteps steps) : ISleepWords
    {
        public bool ClearMask() => steps.Access(words => Exchange(words.Mask, words.Mask = false)) != 0;

        public bool IsPending() => steps.Access(words => words.Pending ? 1UL : 0) != 0;

        public uint LoadSequence() => (uint)steps.Access(words => words.Sequence);

        public bool HasEnded() => false;

        public void Sleep(uint seen, long? untilNs)
        {
            uint bit = steps._bit;
            steps.Access(words => words.Sleepers |= words.Sequence == seen ? bit : 0);
            steps.AwaitNotification();
        }

        public void WakeAll() => steps.MoveSequenceAndWake();
    }

    // The arguments are evaluated in order: what was there, then the change.
    private static ulong Exchange(bool before, bool after) => before ? 1UL : 0;
}
