using Vpio.Abi.Layout;
using Vpio.Abi.Processes;
using Vpio.Abi.Processes.Linux;
using Vpio.Hypervisor.Hypercalls;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Guests.Processes;

/// <summary>Serves one call slot of a guest in a process of its own, on a thread of its own: a call that waits holds up no other.</summary>
/// <remarks>Asleep it uses no processor. Whatever the guest does with the slot is its own loss: nothing there is read twice, and the end comes by a word that it does not have.</remarks>
internal sealed class CallServer
{
    private const int StackBytes = 256 * 1024;

    private readonly Guest _guest;
    private readonly Mapping _area;
    private readonly int _index;
    private readonly Thread _thread;

    // The kernel is given its address while the thread sleeps: nothing may move it.
    [SharedWord]
    private readonly uint[] _ended = GC.AllocateArray<uint>(1, pinned: true);

    /// <summary>Starts to serve.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="area">The hypervisor's mapping of its call area.</param>
    /// <param name="index">Which slot.</param>
    public CallServer(Guest guest, Mapping area, int index)
    {
        _guest = guest;
        _area = area;
        _index = index;
        _thread = new Thread(Serve, StackBytes) { IsBackground = true, Name = $"vpio calls {guest.Id}.{index}" };
        _thread.Start();
    }

    [GuestWritable]
    private ref CallSlot Slot => ref CallArea.Slot(ref _area.At<CallArea>(0), _index);

    /// <summary>Ends the service. A call that is under way ends first; one that sleeps in the hypervisor is ended by the guest's stop.</summary>
    public void End()
    {
        Volatile.Write(ref _ended[0], 1);
        Futex.WakeAll(ref _ended[0]);
        _thread.Join();
    }

    private void Serve()
    {
        SlotTurnWords words = new(ref Slot.Turn, ref Slot.HypervisorAsleep, ref Slot.GuestAsleep, ref _ended[0], new SpinBudget());
        while (CallTurn.Await(words, hypervisors: true) is { } turn && !words.HasEnded())
        {
            Slot.Result = unchecked((ulong)HypercallDoor.Call(_guest, Volatile.Read(ref Slot.Cmd), ref Slot.Argument));
            CallTurn.Pass(words, turn);
        }
    }
}
