using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Is the register windows of one virtual machine: each can be reached while its device is owned by the guest, and only then.</summary>
/// <remarks>
/// Each machine has mappings of its windows that are its own. A window is opened and closed by the protection of that mapping: when <c>mprotect</c> returns, the kernel
/// has taken the pages from the machine's page tables, and from the processor that ran on them. It takes about a fifth of the time that a memory slot takes to go.
/// An access to a closed window ends the run with EFAULT and tells no address. So the slots of closed windows are removed then and the instruction is tried again,
/// which now exits as an access to memory that is not there, with address, width and data; a window's slot comes back when it is next opened.
/// Threads: any. A window is opened, under the lock, only after a look at the word; who ends an ownership changes the word first and closes then.
/// </remarks>
internal sealed partial class MachineWindows
{
    private const int NoAccess = 0;
    private const int ReadWrite = 3;

    private readonly Lock _gate = new();
    private readonly Window?[] _windows = new Window?[DevicePage.SlotCount];
    private readonly bool _direct;
    private VirtualMachine? _machine;

    /// <summary>Makes the windows of a machine that has none yet.</summary>
    /// <param name="direct">Whether windows are opened at all; otherwise each access exits.</param>
    public MachineWindows(bool direct) => _direct = direct;

    private enum Reach
    {
        // There is no slot: an access exits, with all that is to be known of it.
        Nowhere,

        // The slot is there, and its memory is protected: an access ends the run.
        Closed,

        // The guest reaches the registers.
        Open,
    }

    /// <summary>Shows the windows to a machine, from its start to its end.</summary>
    /// <param name="machine">The machine; <see langword="null"/>: it is about to end.</param>
    /// <remarks>What it owns already is opened.</remarks>
    public void Serve(VirtualMachine? machine)
    {
        lock (_gate)
        {
            _machine = machine;
            foreach (Window? window in _windows)
            {
                if (window is not null && window.Assignment.IsOwned)
                    Open(window);
            }
        }
    }

    /// <summary>Adds the window of a device that was assigned to the guest.</summary>
    /// <param name="assignment">The assignment.</param>
    public void Add(Assignment assignment)
    {
        Mapping memory = assignment.Registers.MapForGuest();
        Protect(memory, NoAccess);
        lock (_gate)
            _windows[assignment.Device.Index.Value] = new Window(assignment, memory);
    }

    /// <summary>Removes the window of a device that is the guest's no more.</summary>
    /// <param name="device">The device.</param>
    public void Remove(DeviceIndex device)
    {
        lock (_gate)
        {
            if (_windows[device.Value] is { } window)
                TakeAway(window);
            _windows[device.Value] = null;
        }
    }

    /// <summary>Opens a window, if the ownership for which that is asked has not ended meanwhile.</summary>
    /// <param name="device">The device.</param>
    /// <param name="owned">The ownership.</param>
    public void Open(DeviceIndex device, StateWord owned)
    {
        lock (_gate)
        {
            if (_windows[device.Value] is { } window && window.Assignment.Device.State.IsHeldBy(owned.Owner, owned.Generation))
                Open(window);
        }
    }

    /// <summary>Closes a window, whose ownership has ended. When this returns the guest does not reach it.</summary>
    /// <param name="device">The device.</param>
    public void Close(DeviceIndex device)
    {
        lock (_gate)
        {
            if (_windows[device.Value] is not { Reach: Reach.Open } window)
                return;
            if (Protect(window.Memory, NoAccess))
                window.Reach = Reach.Closed;
            else
                TakeAway(window);
        }
    }

    /// <summary>Removes the slots of all closed windows, so that an access to one tells what it is.</summary>
    /// <returns>False when there was none: it was not for a closed window that a run ended.</returns>
    public bool TakeClosedAway()
    {
        lock (_gate)
        {
            bool any = false;
            foreach (Window? window in _windows)
            {
                if (window is not { Reach: Reach.Closed })
                    continue;
                TakeAway(window);
                any = true;
            }

            return any;
        }
    }

    /// <summary>Finds the registers of a device that the guest owns now.</summary>
    /// <param name="device">The device.</param>
    /// <param name="registers">Its registers, in the hypervisor's mapping.</param>
    /// <returns>Whether it owns it.</returns>
    public bool TryReach(DeviceIndex device, out RegisterWindow registers)
    {
        registers = default;
        if (Volatile.Read(ref _windows[device.Value]) is not { } window || !window.Assignment.IsOwned)
            return false;
        registers = new RegisterWindow(window.Assignment.Registers.Hypervisor.Start, window.Assignment.Device.Device.WindowBytes);
        return true;
    }

    private void Open(Window window)
    {
        if (!_direct || _machine is null || window.Reach == Reach.Open || !Protect(window.Memory, ReadWrite))
            return;
        DeviceIndex device = window.Assignment.Device.Index;

        // Where the kernel has no room for the slot each access exits, and is made for the guest.
        if (window.Reach == Reach.Closed || _machine.TryMap(MachineMap.WindowSlotOf(device), MachineMap.WindowOf(device), window.Memory, guestWrites: true))
            window.Reach = Reach.Open;
    }

    private void TakeAway(Window window)
    {
        _machine?.Unmap(MachineMap.WindowSlotOf(window.Assignment.Device.Index));
        window.Reach = Reach.Nowhere;
    }

    // SAFETY: the whole of a mapping, page by page, of which this object is the only user; it is reachable during the call.
    private static bool Protect(Mapping memory, int protection) => Protect(memory.Start, (nuint)memory.LengthBytes, protection) == 0;

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint lengthBytes, int protection);

    private sealed class Window(Assignment assignment, Mapping memory)
    {
        public Assignment Assignment { get; } = assignment;

        public Mapping Memory { get; } = memory;

        public Reach Reach { get; set; }
    }
}
