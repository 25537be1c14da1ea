using Vpio.Abi;
using Vpio.Hypervisor.Ownership;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Guests;

/// <summary>Stops guests, quarantines and resumes them, and ends the ownership of those that outlived their grace.</summary>
/// <remarks>
/// <see cref="Eviction{TMemory, TEffects}"/> has the order of the steps. The fence is what protects the others, whatever kind of guest it is: the
/// window is dead, DMA is cut, every call is refused, every lease access throws. In process there is no more to stop; a process is killed besides, and a virtual machine ended.
/// </remarks>
internal sealed class ForcedStop(GuestMarks<HardwareMemory> marks, IReaper reaper)
{
    /// <summary>Stops a guest, or removes it.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="final">What it is afterwards.</param>
    public void Stop(Guest guest, GuestState final)
    {
        if (guest.Life.TryBeginStop(final))
        {
            Eviction<HardwareMemory, DeviceEffects>.Evict(guest, marks, GuestMark.Stopped);
            EndStop(guest);
        }

        // Another's stop may be at its last steps: none of them may come after this call, least of all when the id is used again.
        guest.Life.AwaitStops();
    }

    /// <summary>Stops the owner of a device whose grace is over, and grants the device on.</summary>
    /// <param name="device">The device, taken from its owner by the timeout.</param>
    /// <param name="revoking">The word that was timed.</param>
    public void StopOwner(SharedDevice device, StateWord revoking)
    {
        Guest? guest = device.AssignmentOf(revoking.Owner)?.Guest;
        bool stops = guest is not null && guest.Life.TryBeginStop(GuestState.Stopped);

        // Marked before the device is granted on, so that it is not granted to this guest again. The rest has to wait for calls of
        // the guest and for other devices, and neither the next owner nor the timer waits for that.
        if (stops)
            marks.Set(revoking.Owner, GuestMark.Stopped);
        device.Ownership.GrantAfterTimeOut(revoking);
        if (!stops)
            return;
        guest!.Body.Stop();
        reaper.Reap(() => FinishStop(guest));
    }

    /// <summary>Takes a device from its owner whose grace is over, and grants it on; who had that too often is quarantined.</summary>
    /// <param name="device">The device, taken from its owner by the timeout.</param>
    /// <param name="revoking">The word that was timed.</param>
    /// <param name="nowNs">When, nanoseconds of the hypervisor's clock.</param>
    public void DetachOwner(SharedDevice device, StateWord revoking, long nowNs)
    {
        device.Ownership.GrantAfterTimeOut(revoking);
        device.Raise(revoking.Owner, DeviceEvents.Reset);
        if (device.AssignmentOf(revoking.Owner)?.Guest is { } guest && guest.Detaches.Add(nowNs))
            reaper.Reap(() => Quarantine(guest));
    }

    /// <summary>Lets a stopped or quarantined guest go on.</summary>
    /// <param name="guest">The guest.</param>
    public void Resume(Guest guest)
    {
        if (!guest.Life.TryBeginResume())
            throw new InvalidOperationException($"Guest {guest.Id} is {guest.State}; only a stopped or quarantined guest can be resumed, and no process or virtual machine that a stop has ended.");

        foreach (Assignment assignment in guest.Assignments())
        {
            assignment.Context.Reset();
            assignment.Context.Resume();
        }

        // Before the mark is cleared: whoever is granted a device after this finds the event there.
        RaiseReset(guest);
        guest.Upcalls.Reopen();
        marks.Clear(guest.Id);
        guest.Life.EndResume();
    }

    private static void FinishStop(Guest guest)
    {
        Eviction<HardwareMemory, DeviceEffects>.TakeWhatItHas(guest, GuestMark.Stopped);
        EndStop(guest);
    }

    private void Quarantine(Guest guest)
    {
        if (!guest.Life.TryBeginStop(GuestState.Quarantined))
            return;
        Eviction<HardwareMemory, DeviceEffects>.Evict(guest, marks, GuestMark.Barred);
        EndStop(guest);

        // Whoever of it waits for a grant asks again, and is told.
        RaiseReset(guest);
    }

    private static void EndStop(Guest guest)
    {
        foreach (Assignment assignment in guest.Assignments())
            assignment.Context.Suspend();
        guest.Life.EndStop();
    }

    private static void RaiseReset(Guest guest)
    {
        foreach (Assignment assignment in guest.Assignments())
            guest.Upcalls.Raise(assignment.Device.Index, DeviceEvents.Reset);
    }
}
