using System.Runtime.InteropServices;
using Vpio.Abi;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Is the register windows of one virtual machine: each can be reached while its device is owned by the guest, and only then.</summary>
/// <remarks>
/// Each machine has mappings of its windows that are its own. A window is opened and closed by the protection of that mapping: when <c>mprotect</c> returns, the kernel
/// has taken the pages from the machine's page tables, and from the processor that ran on them. It takes about a fifth of the time that a memory slot takes to go.
/// An access to a closed window ends the run with EFAULT and tells no address. So the slots of closed windows are removed then and the instruction is tried again,
/// which now exits as an access to memory that is not there, with address, width and data; a window's slot comes back when its guest, as the owner, next uses it.
/// Threads: any. A window is opened, under the lock, only after a look at the word; who ends an ownership changes the word first and closes then. Both are done by threads
/// that have others to serve, of other guests too, and never touch a slot: the kernel may take long for one. That the guest's own processor does, or domain 0.
/// </remarks>
internal sealed partial class MachineWindows
{
    private const int NoAccess = 0;
    private const int ReadWrite = 3;

    private readonly Lock _gate = new(); // The protection of windows.
    private readonly Lock _slotGate = new(); // Their slots; taken before the other.
    private readonly Window?[] _windows = new Window?[DevicePage.SlotCount];
    private readonly List<Window> _stuck = []; // Gone, but for a slot that the kernel could not remove: their memory stays mapped.
    private readonly bool _direct;
    private VirtualMachine? _machine;

    /// <summary>Makes the windows of a machine that has none yet.</summary>
    /// <param name="direct">Whether windows are opened at all; otherwise each access exits.</param>
    public MachineWindows(bool direct) => _direct = direct;

    /// <summary>Shows the windows to a machine, from its start to its end.</summary>
    /// <param name="machine">The machine; <see langword="null"/>: it is about to end.</param>
    /// <remarks>What it owns already is opened.</remarks>
    public void Serve(VirtualMachine? machine)
    {
        lock (_slotGate)
        {
            _machine = machine;
            foreach (Window? window in _windows)
            {
                if (window is null)
                    continue;
                window.HasSlot = false;
                GiveSlot(window);
                lock (_gate)
                {
                    if (window.Assignment.IsOwned)
                        Open(window);
                }
            }
        }
    }

    /// <summary>Adds the window of a device that was assigned to the guest.</summary>
    /// <param name="assignment">The assignment.</param>
    public void Add(Assignment assignment)
    {
        Mapping memory = assignment.Registers.MapForGuest();
        if (!Protect(memory, NoAccess))
            throw new IOException("The memory of a register window cannot be protected: the system has no memory left.");
        Window window = new(assignment, memory);
        lock (_slotGate)
        {
            lock (_gate)
                _windows[assignment.Device.Index.Value] = window;
            GiveSlot(window);
        }
    }

    /// <summary>Removes the window of a device that is the guest's no more.</summary>
    /// <param name="device">The device.</param>
    public void Remove(DeviceIndex device)
    {
        lock (_slotGate)
        {
            Window? window = _windows[device.Value];
            lock (_gate)
                _windows[device.Value] = null;
            if (window is null)
                return;
            TakeSlot(window);
            if (window.HasSlot)
                _stuck.Add(window);
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
        Window? window;
        lock (_gate)
        {
            window = _windows[device.Value];
            if (window is not { IsOpen: true })
                return;
            window.IsOpen = !Protect(window.Memory, NoAccess);
            if (!window.IsOpen)
                return;
        }

        // The kernel could not protect it: without its slot it is as far away.
        lock (_slotGate)
            TakeSlot(window);
    }

    /// <summary>Removes the slots of all closed windows, so that an access to one tells what it is.</summary>
    /// <returns>False when there was none: it was not for a closed window that a run ended.</returns>
    public bool TakeClosedAway()
    {
        lock (_slotGate)
        {
            bool any = false;
            foreach (Window? window in _windows)
            {
                if (window is not { HasSlot: true } || IsOpen(window))
                    continue;
                TakeSlot(window);
                any |= !window.HasSlot;
            }

            return any;
        }
    }

    /// <summary>Gives a window its slot back, if it has none: its guest has just used it, as the owner.</summary>
    /// <param name="device">The device.</param>
    public void GiveBack(DeviceIndex device)
    {
        lock (_slotGate)
        {
            if (_windows[device.Value] is { } window)
                GiveSlot(window);
        }
    }

    /// <summary>Makes an access to the registers of a device, if the guest owns it. It is made before the ownership ends or not at all: who ends one closes the window afterwards, under the same lock.</summary>
    /// <param name="device">The device.</param>
    /// <param name="offset">Where in its window, bytes.</param>
    /// <param name="access">The access, and what a read shows.</param>
    /// <returns>Whether it was made.</returns>
    public bool TryAccess(DeviceIndex device, uint offset, ref KvmMemoryAccess access)
    {
        lock (_gate)
        {
            return _windows[device.Value] is { } window && window.Assignment.IsOwned
                && TryAccess(new RegisterWindow(window.Assignment.Registers.Hypervisor.Start, window.Assignment.Device.Device.WindowBytes), offset, ref access);
        }
    }

    // A register is accessed whole, at its width; anything else is for none.
    private static bool TryAccess(RegisterWindow registers, uint offset, ref KvmMemoryAccess access)
    {
        if (access.Len is not (sizeof(uint) or sizeof(ulong)) || offset % access.Len != 0 || offset + (ulong)access.Len > registers.LengthBytes)
            return false;
        switch (access)
        {
            case { Len: sizeof(uint), IsWrite: 0 }:
                access.Data = registers.Read32(offset);
                return true;
            case { Len: sizeof(uint) }:
                registers.Write32(offset, (uint)access.Data);
                return true;
            case { Len: sizeof(ulong), IsWrite: 0 }:
                access.Data = registers.Read64(offset);
                return true;
            case { Len: sizeof(ulong) }:
                registers.Write64(offset, access.Data);
                return true;
            default:
                return false;
        }
    }

    private void Open(Window window)
    {
        if (_direct && !window.IsOpen)
            window.IsOpen = Protect(window.Memory, ReadWrite);
    }

    private bool IsOpen(Window window)
    {
        lock (_gate)
            return window.IsOpen;
    }

    // Where the kernel has no room for the slot each access exits, and is made for the guest.
    private void GiveSlot(Window window)
    {
        if (!_direct || _machine is null || window.HasSlot || IsLeftOpen(window))
            return;
        DeviceIndex device = window.Assignment.Device.Index;
        window.HasSlot = _machine.TryMap(MachineMap.WindowSlotOf(device), MachineMap.WindowOf(device), window.Memory, guestWrites: true);
    }

    private void TakeSlot(Window window)
    {
        if (_machine is { } machine && window.HasSlot)
            window.HasSlot = !machine.TryUnmap(MachineMap.WindowSlotOf(window.Assignment.Device.Index));
    }

    // Where its protection could not be taken back, its slot is what keeps the guest away.
    private bool IsLeftOpen(Window window)
    {
        lock (_gate)
            return window.IsOpen && !window.Assignment.IsOwned;
    }

    // SAFETY: the whole of a mapping, page by page, of which this object is the only user; it is reachable during the call.
    private static bool Protect(Mapping memory, int protection) => Protect(memory.Start, (nuint)memory.LengthBytes, protection) == 0;

    [LibraryImport("libc", EntryPoint = "mprotect", SetLastError = true)]
    private static partial int Protect(nint address, nuint lengthBytes, int protection);

    private sealed class Window(Assignment assignment, Mapping memory)
    {
        public Assignment Assignment { get; } = assignment;

        public Mapping Memory { get; } = memory;

        // Whether its protection lets accesses through. By the first lock.
        public bool IsOpen { get; set; }

        // Whether the machine has it at all. By the second.
        public bool HasSlot { get; set; }
    }
}
