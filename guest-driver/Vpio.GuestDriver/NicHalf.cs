using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Ownership;

#pragma warning disable VPIO1014 // The lock of the shared registers is only ever had by the other half, which holds the device as well, and for a few accesses.

namespace Vpio.GuestDriver;

/// <summary>Drives what transmit and receive have in common: set-up, doorbell, faults, and whether the device still knows their ring.</summary>
/// <param name="device">The device.</param>
/// <param name="registers">Which half.</param>
/// <remarks>
/// The device keeps a guest's registers over the ownerships of others, until a reset loses them. Once in each ownership, and
/// after each RESET upcall, the control register tells which it was. Threads: one at a time; the control and interrupt
/// registers are shared with the other half, and changed under the device's lock for them.
/// A device of another class is refused before a register of it is touched. Source: <c>docs/nic.md</c>.
/// </remarks>
internal sealed class NicHalf(GuestDevice device, NicHalfRegisters registers)
{
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(1);

    private bool _isOffered;
    private bool _isSetUp;
    private Generation _seenIn;
    private uint _seenEpoch;

    /// <summary>Gets the device.</summary>
    internal GuestDevice Device => device;

    /// <summary>Looks whether the device still has the ring that was set up.</summary>
    /// <param name="lease">The lease.</param>
    /// <returns><see langword="false"/> when it must be set up, for the first time or again.</returns>
    /// <exception cref="InvalidOperationException">The device is no network device.</exception>
    /// <remarks>Loads nothing of the device but once in each ownership. All use of the registers begins here.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsSetUp([RequiresHeld] in DeviceLease lease) =>
        (_isSetUp && lease.Generation == _seenIn && device.ContextResets == _seenEpoch) || IsStillSetUp(in lease);

    /// <summary>Looks whether the ring was shown to the device, which has yet to take it: an ownership ended in between.</summary>
    /// <param name="lease">The lease.</param>
    /// <returns><see langword="true"/> when only <see cref="TryAwaitRunning"/> is left to do.</returns>
    internal bool IsOffered([RequiresHeld] in DeviceLease lease) => _isOffered && IsEnabled(in lease);

    /// <summary>Turns the half off, after which the device consumes nothing of an earlier ring.</summary>
    /// <param name="lease">The lease.</param>
    /// <returns><see langword="false"/> when the guest must stop before it is off.</returns>
    internal bool TryTurnOff([RequiresHeld] in DeviceLease lease)
    {
        _isOffered = false;
        lock (device.SharedRegisters)
            return TryDisable(in lease);
    }

    /// <summary>Shows the device the ring, and turns the half on.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="ring">The ring.</param>
    /// <param name="tail">How many descriptors are posted already.</param>
    /// <returns><see langword="false"/> when the guest must stop before it is done: it is done at the next use.</returns>
    internal bool TryOffer([RequiresHeld] in DeviceLease lease, NicRing ring, uint tail)
    {
        _isOffered = false;
        lock (device.SharedRegisters)
        {
            if (!TryDisable(in lease))
                return false;
            lease.Write64(registers.RingIova, ring.Iova.Value);
            lease.Write32(registers.RingEntries, ring.Entries);
            lease.Write32(registers.Tail, tail);
            RingDoorbell(in lease, NicRegister.Control, lease.Read32(NicRegister.Control) | (uint)registers.Enable);
        }

        _isOffered = true;
        return true;
    }

    /// <summary>Waits until the device took the ring. Until then its head is the one of an earlier ring.</summary>
    /// <param name="lease">The lease.</param>
    /// <returns><see langword="false"/> when the guest must stop first: it goes on at the next use.</returns>
    /// <exception cref="NicProtocolException">The device found the ring bad, or does not answer.</exception>
    internal bool TryAwaitRunning([RequiresHeld] in DeviceLease lease)
    {
        uint epoch = device.ContextResets;
        if (!TryAwaitStatus(in lease, busy: true))
            return false;
        ThrowIfFaulted(in lease);
        _isOffered = false;
        _isSetUp = true;
        Remember(in lease, epoch);
        return true;
    }

    /// <summary>Writes the tail, and wakes the device if it sleeps.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="tail">How many descriptors are posted.</param>
    internal void Post([RequiresHeld] in DeviceLease lease, uint tail) => RingDoorbell(in lease, registers.Tail, tail);

    /// <summary>Arms the interrupt of this half. The caller looks at its ring once more before it sleeps.</summary>
    /// <param name="lease">The lease.</param>
    /// <remarks>Follows a look at the state word closely; if the ownership ended in between, no device is armed and the caller's next look ends its wait.</remarks>
    internal void Arm([RequiresHeld] in DeviceLease lease)
    {
        lock (device.SharedRegisters)
            lease.Window.Write32(NicRegister.InterruptArm, lease.Window.Read32(NicRegister.InterruptArm) | (uint)registers.Interrupt);

        // ORDER full: armed before the ring is looked at again. Pairs with the device's look at InterruptArm after its head.
        Interlocked.MemoryBarrier();
    }

    /// <summary>Refuses to go on with a half that the device stopped.</summary>
    /// <param name="lease">The lease.</param>
    /// <exception cref="NicProtocolException">The half has a fault; its next use sets it up again.</exception>
    internal void ThrowIfFaulted([RequiresHeld] in DeviceLease lease)
    {
        uint status = lease.Window.Read32(NicRegister.Status);
        if ((status & (uint)registers.Fault) != 0 && lease.IsHeld)
            throw Broken($"The device stopped {registers.Name} by a fault: status 0x{status:x8}");
    }

    /// <summary>Gives the half up, until its next use sets it up again.</summary>
    /// <param name="what">What the device did, values in hex.</param>
    /// <returns>The exception to throw.</returns>
    internal NicProtocolException Broken(string what)
    {
        _isOffered = _isSetUp = false;
        return new NicProtocolException($"{what}; {device.Index}, {registers.Name}, ownership {_seenIn}.");
    }

    // Apart from the look that each frame takes, which has few values to keep.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsStillSetUp(in DeviceLease lease)
    {
        uint epoch = device.ContextResets;
        RefuseOtherClass(in lease);

        // The events are hints; the register says whether the context is lost.
        if (_isSetUp && IsEnabled(in lease))
            Remember(in lease, epoch);
        else
            _isSetUp = false;
        return _isSetUp;
    }

    private void RefuseOtherClass(in DeviceLease lease)
    {
        uint found = Volatile.Read(in device.Slot.DeviceClass);
        if (found == (uint)DeviceClass.Network)
            return;
        lease.EnsureHeld(); // A device that was unplugged has no class; the caller learns that it lost it.
        throw new InvalidOperationException($"{device.Index} is of class {found}; this drives class {(uint)DeviceClass.Network}, the network device, and touches no register of another.");
    }

    private bool IsEnabled(in DeviceLease lease) => (lease.Read32(NicRegister.Control) & (uint)registers.Enable) != 0;

    private bool TryDisable(in DeviceLease lease)
    {
        if (IsEnabled(in lease))
            RingDoorbell(in lease, NicRegister.Control, lease.Read32(NicRegister.Control) & ~(uint)registers.Enable);

        // The device latches the ring on the change from off to on, and must have seen the off.
        return TryAwaitStatus(in lease, busy: false);
    }

    private bool TryAwaitStatus(in DeviceLease lease, bool busy)
    {
        uint mask = (uint)(registers.Running | registers.Fault);
        WaitLimit limit = new(SettleLimit);
        SpinWait spinner = default;
        while ((lease.Read32(NicRegister.Status) & mask) != 0 != busy)
        {
            if (lease.StopRequested)
                return false;
            if (limit.IsOver)
                throw Broken($"The device did not turn {registers.Name} {(busy ? "on" : "off")} in {SettleLimit}: status 0x{lease.Read32(NicRegister.Status):x8}");
            spinner.SpinOnce();
        }

        return true;
    }

    private void RingDoorbell(in DeviceLease lease, uint register, uint value)
    {
        // One look for the three accesses: they follow each other, and without ownership none reaches the device.
        lease.EnsureHeld();

        // ORDER release, in Write32: the descriptors are seen before the tail that posts them. Pairs with the device's read of the tail.
        lease.Window.Write32(register, value);

        // ORDER full: the doorbell before the look whether the device sleeps. Pairs with the device's last look at its doorbells after it said so.
        Interlocked.MemoryBarrier();
        if (lease.Window.Read32(NicRegister.Asleep) != 0)
            device.Port.Kick(device.Index);
    }

    private void Remember(in DeviceLease lease, uint epoch)
    {
        _seenIn = lease.Generation;
        _seenEpoch = epoch;
    }
}
