using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Hypervisor.Guests;

/// <summary>Stops a guest: everything it holds comes back, in an order that leaves no gap (rule 8).</summary>
/// <remarks>
/// Mark the guest; wake its waits; let its calls drain; clear its bits; take its devices. A granter that publishes an ownership
/// for it meanwhile sees the mark and takes the device back itself. In process the fence is all there is to stop: the
/// window is dead, DMA is cut, every call is refused, every lease access throws.
/// </remarks>
internal sealed class ForcedStop(GuestMarks<HardwareMemory> marks)
{
    /// <summary>Stops a guest, or removes it.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="final">What it is afterwards.</param>
    public void Stop(Guest guest, GuestState final)
    {
        if (guest.Life.TryBeginStop(final))
        {
            Fence(guest);
            TakeDevices(guest);
            if (final == GuestState.Removed)
                guest.Iommu.Clear();
            guest.Life.EndStop();
        }

        // Another's stop may be at its last steps: none of them may come after this call, least of all when the id is used again.
        guest.Life.AwaitStops();
    }

    /// <summary>Stops the owner of a device whose grace is over, and grants the device on.</summary>
    /// <param name="device">The device, in RECLAIMING and quiesced, so that the owner's window and DMA are dead.</param>
    /// <param name="owner">The owner that was.</param>
    /// <param name="reclaiming">The word to grant from.</param>
    public void StopOwner(SharedDevice device, DomainId owner, StateWord reclaiming)
    {
        device.CountForcedStop(owner);
        if (device.AssignmentOf(owner) is not { } assignment)
        {
            device.Ownership.GrantAfterReset(reclaiming, owner);
            return;
        }

        Guest guest = assignment.Guest;
        bool stops = guest.Life.TryBeginStop(GuestState.Stopped);
        if (stops)
            Fence(guest);
        device.Ownership.GrantAfterReset(reclaiming, owner);
        if (!stops)
            return;
        TakeDevices(guest);
        guest.Life.EndStop();
    }

    /// <summary>Lets a stopped guest go on.</summary>
    /// <param name="guest">The guest.</param>
    public void Resume(Guest guest)
    {
        if (!guest.Life.TryBeginResume())
            throw new InvalidOperationException($"Guest {guest.Id} is {guest.State}; only a stopped guest can be resumed.");

        foreach (Assignment assignment in guest.Assignments())
        {
            assignment.Context.Reset();
            assignment.Context.Resume();
            guest.Upcalls.Raise(assignment.Device.Index, DeviceEvents.Reset);
        }

        guest.Upcalls.Reopen();
        marks.Clear(guest.Id);
        guest.Life.EndResume();
    }

    private void Fence(Guest guest)
    {
        marks.TrySet(guest.Id);
        guest.Upcalls.Close();
        guest.Calls.Drain();
        foreach (Assignment assignment in guest.Assignments())
            assignment.Device.Ownership.Dequeue(guest.Id);
    }

    private static void TakeDevices(Guest guest)
    {
        foreach (Assignment assignment in guest.Assignments())
        {
            assignment.Device.Ownership.Strip(guest.Id);
            assignment.Context.Suspend();
        }
    }
}
