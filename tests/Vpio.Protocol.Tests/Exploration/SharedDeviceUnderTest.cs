using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Is the shipping ownership protocol of one device over explored memory: transitions, marks, call gates, the device's activity, and the steps of a stop.</summary>
internal sealed unsafe class SharedDeviceUnderTest
{
    private readonly ulong[] _word = GC.AllocateArray<ulong>(1, pinned: true);
    private readonly GuestMarks<ExploredMemory> _marks = new();
    private readonly GuestUnderTest[] _guests;

    /// <summary>Makes a device with a number of guests, plugged in and free.</summary>
    public SharedDeviceUnderTest(int guests)
    {
        // SAFETY: pinned for good, and this object keeps it reachable.
        WordPointer state = new((ulong*)Unsafe.AsPointer(ref _word[0]));
        _word[0] = StateWord.Unused.Value;
        Activity = new DeviceActivity<ExploredMemory>(state);
        Ownership = new DeviceOwnership<ExploredMemory, EffectsUnderTest>(state, _marks, new EffectsUnderTest(Activity));
        _guests = [.. Enumerable.Range(1, guests).Select(number => new GuestUnderTest(new DomainId((ushort)number), Ownership))];
        foreach (GuestUnderTest guest in _guests)
            Ownership.Admit(guest.Id);
        Ownership.Plug();
    }

    public int Guests => _guests.Length;

    public DeviceOwnership<ExploredMemory, EffectsUnderTest> Ownership { get; }

    public DeviceActivity<ExploredMemory> Activity { get; }

    public static DomainId Id(int guest) => new((ushort)guest);

    public bool IsMarked(int guest) => _marks.IsSet(Id(guest));

    /// <summary>Makes a call of a guest as the door does: counted, and refused when the guest is stopped.</summary>
    /// <returns>Whether it was let in.</returns>
    public bool Call(int guest, Action operation)
    {
        CallGate<ExploredMemory> calls = _guests[guest - 1].Calls;
        int counter = calls.Enter();
        bool refused = _marks.IsStopped(Id(guest));
        if (!refused)
            operation();
        calls.Leave(counter);
        return !refused;
    }

    /// <summary>Stops a guest: the shipping order of steps.</summary>
    public void Stop(int guest)
    {
        Eviction<ExploredMemory, EffectsUnderTest>.Evict(_guests[guest - 1], _marks, GuestMark.Stopped);
        ExploredMemory.Note(Happening.Stripped, (ulong)guest);
    }

    /// <summary>Takes the device from its owner when the grace is over, and stops it, as the policy is by default.</summary>
    public void TimeOut(StateWord revoking)
    {
        if (!Ownership.TryTimeOut(revoking))
            return;
        _marks.Set(revoking.Owner, GuestMark.Stopped);
        Ownership.GrantAfterTimeOut(revoking);
        Eviction<ExploredMemory, EffectsUnderTest>.TakeWhatItHas(_guests[revoking.Owner.Value - 1], GuestMark.Stopped);
        ExploredMemory.Note(Happening.Stripped, revoking.Owner.Value);
    }

    private sealed class GuestUnderTest(DomainId id, DeviceOwnership<ExploredMemory, EffectsUnderTest> device)
        : IEvictee<ExploredMemory, EffectsUnderTest>
    {
        public DomainId Id => id;

        public CallGate<ExploredMemory> Calls { get; } = new();

        public IEnumerable<DeviceOwnership<ExploredMemory, EffectsUnderTest>> Devices => [device];

        public void WakeSleeps() => ExploredMemory.Note(Happening.Woken, id.Value);
    }
}
