using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Protocol.Tests.Schedules;

/// <summary>Is the shipping ownership protocol of one device on preempted memory, with four guests and ghosts that watch it.</summary>
internal sealed unsafe class Bench
{
    public const int Guests = 4;

    private readonly ulong[] _words = GC.AllocateArray<ulong>(8, pinned: true);
    private readonly GuestMarks<PreemptedMemory> _marks = new();
    private readonly int[] _calls = new int[Guests + 1];
    private DomainId _timedOut = DomainId.Invalid;
    private Action? _drained;

    public Bench()
    {
        // SAFETY: pinned for good, and this object keeps it reachable.
        WordPointer state = new((ulong*)Unsafe.AsPointer(ref _words[0]));
        _words[0] = StateWord.Unused.Value;
        Watch = new Watch(() => new StateWord(_words[0]));
        Ownership = new DeviceOwnership<PreemptedMemory, Watch.Effects>(state, _marks, new Watch.Effects(Watch));
        for (ushort i = 1; i <= Guests; i++)
            Ownership.Admit(new DomainId(i));
        Ownership.Plug();
    }

    public Watch Watch { get; }

    public DeviceOwnership<PreemptedMemory, Watch.Effects> Ownership { get; }

    public StateWord Word => new(_words[0]);

    public static DomainId Guest(int number) => new((ushort)number);

    public bool IsMarked(DomainId guest) => _marks.IsSet(guest);

    public void Try(int guest) => Call(guest, () => Ownership.Grab(Guest(guest), queue: false, out _));

    public void Queue(int guest) => Call(guest, () => Ownership.Grab(Guest(guest), queue: true, out _));

    /// <summary>Lets one guest wait, and another try to pass it (rule 3).</summary>
    public void QueueThenTry(int waiter, int passer)
    {
        GrabOutcome waits = GrabOutcome.Stopped;
        GrabOutcome passes = GrabOutcome.Stopped;
        Call(waiter, () => waits = Ownership.Grab(Guest(waiter), queue: true, out _));
        Call(passer, () => passes = Ownership.Grab(Guest(passer), queue: false, out _));
        if (waits == GrabOutcome.Queued && passes == GrabOutcome.Owned && Ownership.Waiting.Contains(Guest(waiter)))
            Watch.Faults.Add($"guest {passer} passed guest {waiter}, which was told before that it waits");
    }

    public void Cancel(int guest) => Call(guest, () => Ownership.Cancel(Guest(guest)));

    /// <summary>Gives the device back if the guest has it, as a guest does: by what it reads.</summary>
    public void Release(int guest) => Call(guest, () =>
    {
        StateWord word = Word;
        if (word.IsHeld && word.Owner == Guest(guest))
            Ownership.Release(word.Owner, word.Generation);
    });

    public void Revoke()
    {
        StateWord word = Word;
        if (word.State == DeviceState.Owned)
            Ownership.TryRevoke(word);
    }

    public void TimeOut()
    {
        StateWord word = Word;
        if (word.State != DeviceState.Revoking || !Ownership.TryTimeOut(word))
            return;
        _marks.Set(word.Owner, GuestMark.Stopped);
        Ownership.GrantAfterTimeOut(word);
        _drained = () =>
        {
            Ownership.Dequeue(word.Owner);
            Ownership.Strip(word.Owner);
        };
        _timedOut = word.Owner;
        FinishTimeOut();
    }

    public void Stop(int guest)
    {
        _marks.Set(Guest(guest), GuestMark.Stopped);
        DrainCalls(Guest(guest));
        Ownership.Dequeue(Guest(guest));
        Ownership.Strip(Guest(guest));
    }

    public void Unplug() => Ownership.Unplug(out _);

    public void UnplugAndReplug()
    {
        Ownership.Unplug(out _);
        Ownership.Plug();
    }

    /// <summary>Does what a timeout has left to do once the calls of its guest are drained.</summary>
    private void FinishTimeOut()
    {
        if (_timedOut.IsValid && _calls[_timedOut.Value] == 0)
            Interlocked.Exchange(ref _drained, null)?.Invoke();
    }

    /// <summary>Makes a call as the door does: a marked guest's calls are refused, and a stop waits for those under way.</summary>
    private void Call(int guest, Action call)
    {
        if (_marks.IsSet(Guest(guest)))
            return;
        _calls[guest]++;
        try
        {
            call();
        }
        finally
        {
            _calls[guest]--;
        }

        FinishTimeOut();
    }

    private void DrainCalls(DomainId guest)
    {
        if (_calls[guest.Value] > 0)
            throw new WaitsForThePreemptedException();
    }
}
