using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Vpio.Abi;
using Vpio.Hypervisor.Devices;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Guests.Machines;
using Vpio.Hypervisor.Guests.Processes;
using Vpio.Hypervisor.Iommu;
using Vpio.Hypervisor.Memory;
using Vpio.Hypervisor.Ownership;
using Vpio.Hypervisor.Scheduling;
using Vpio.Hypervisor.Upcalls;

namespace Vpio.Hypervisor;

/// <summary>Is the reference hypervisor: domain 0's way to create devices and guests and to bring them together.</summary>
/// <remarks>Threads: all members may be used from any thread. Disposing it stops all guests and unplugs all devices.</remarks>
public sealed class ReferenceHypervisor : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SharedRegion _devicePage = new(DevicePage.Size, guestsWrite: false);
    private readonly Guest?[] _guests = new Guest?[WaitSet<HardwareMemory>.MaxGuests];
    private readonly SharedDevice?[] _devices = new SharedDevice?[DevicePage.SlotCount];
    private readonly FaultLog _faults = new();
    private readonly HypervisorParts _parts;
    private readonly ulong _epoch;
    private bool _disposed;

    /// <summary>Starts a hypervisor without devices and guests.</summary>
    /// <param name="options">How it is set up.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    /// <exception cref="PlatformNotSupportedException">The machine is big-endian.</exception>
    public ReferenceHypervisor(HypervisorOptions? options = null)
    {
        // What guests share is little-endian on every machine, and nothing here converts.
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("The reference hypervisor runs on little-endian machines only: it writes its pages in the machine's own byte order.");
        options ??= new HypervisorOptions();
        options.Check();
        Clock clock = new(options.TimeProvider);
        GuestMarks<HardwareMemory> marks = new();
        bool isRealTime = options.TimeProvider == TimeProvider.System;
        DeadlineQueue deadlines = new(clock, callback => isRealTime ? new ThreadAlarm(clock, callback) : new ProviderAlarm(clock, callback));
        IReaper reaper = isRealTime ? new ReaperThread() : new InlineReaper();
        _parts = new HypervisorParts(options, clock, deadlines, reaper, _devicePage.Hypervisor, marks, new ForcedStop(marks, reaper));
        _epoch = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1; // Never 0, by which a guest tells that there is no hypervisor any more.
        HeadDevicePage();
    }

    /// <summary>Gets the newest DMA accesses that were blocked.</summary>
    /// <returns>At most 256, oldest first; what is blocked later is not among them.</returns>
    public IReadOnlyList<IommuFault> GetDmaFaults() => _faults.Newest();

    /// <summary>Plugs a device in.</summary>
    /// <param name="device">The device; it must not have been plugged in before.</param>
    /// <returns>The device in its slot.</returns>
    /// <exception cref="InvalidOperationException">All 63 slots are taken, or the device was plugged in before.</exception>
    public SharedDevice AddDevice(IDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            int slot = Array.IndexOf(_devices, null);
            if (slot < 0)
                throw new InvalidOperationException($"All {DevicePage.SlotCount} slots of the device page are taken; remove a device first.");

            SharedDevice shared = new(new DeviceIndex((uint)slot), device, _parts);
            device.PlugIn(shared.Gate);
            _devices[slot] = shared;
            shared.HeadSlot();
            shared.Ownership.Plug();
            ShowDeviceCount();
            return shared;
        }
    }

    /// <summary>Unplugs a device: its owner loses it, its waiters are told, its slot becomes free.</summary>
    /// <param name="device">The device.</param>
    public void RemoveDevice(SharedDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        lock (_gate)
        {
            if (_devices[device.Index.Value] != device)
                return;
            device.Ownership.Unplug(out _);
            device.Device.Unplug();
            foreach (Guest? guest in _guests)
            {
                if (guest?.AssignmentOf(device.Index) is not { } assignment)
                    continue;
                guest.Unassign(device.Index);
                assignment.Context.Suspend();
                device.Unassign(assignment);
                guest.Upcalls.Raise(device.Index, DeviceEvents.Removed); // Also to who neither owned it nor waited.
            }

            // A call that still has the old device in hand must not meet the next one in its slot.
            foreach (Guest? guest in _guests)
                guest?.Calls.Drain();
            device.Removed();
            Volatile.Write(ref device.Slot.DeviceClass, (uint)DeviceClass.None);
            _devices[device.Index.Value] = null;
            ShowDeviceCount();
        }
    }

    /// <summary>Adds a guest that lives in this process.</summary>
    /// <returns>The guest; its <see cref="Guest.Port"/> is what its driver attaches to.</returns>
    /// <exception cref="InvalidOperationException">There are 1,024 guests already.</exception>
    public Guest AddGuest() => AddGuest((id, pages) =>
    {
        Guest guest = MakeGuest(id, pages, InProcessBody.Instance);
        guest.Port = new InProcessPort(guest, _devicePage.MapForGuest(), RemoveGuest);
        return guest;
    });

    /// <summary>Adds a guest that lives in a process of its own, which its <see cref="Guest.Process"/> starts.</summary>
    /// <param name="command">What the process runs.</param>
    /// <returns>The guest; it has no port here: its driver attaches in its own process.</returns>
    /// <exception cref="InvalidOperationException">There are 1,024 guests already, or the hypervisor runs on another time than the system's.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not a 64-bit Linux.</exception>
    /// <remarks>Source: <c>docs/guests.md</c>, "A process of its own".</remarks>
    public Guest AddGuest(GuestCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentException.ThrowIfNullOrEmpty(command.FileName);
        ArgumentNullException.ThrowIfNull(command.Arguments);
        ArgumentNullException.ThrowIfNull(command.Environment);
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            throw new PlatformNotSupportedException("Guests in processes of their own need a 64-bit Linux, 5.16 or later; use guests in this process.");
        CheckRealTime("A guest in a process of its own");
        return AddGuest((id, pages) =>
        {
            GuestFiles files = new(_devicePage, pages);
            GuestKeeper keeper = new(files);
            keeper.Guest = MakeGuest(id, pages, keeper);
            keeper.Guest.Process = new GuestProcess(keeper, command, files);
            return keeper.Guest;
        });
    }

    /// <summary>Adds a guest that lives in a virtual machine of its own, which its <see cref="Guest.Machine"/> starts.</summary>
    /// <param name="image">What the machine runs.</param>
    /// <returns>The guest; it has no port here: its driver attaches in its machine.</returns>
    /// <exception cref="ArgumentException">The program is none for a virtual machine, or the guest's memory does not fit; the message says why.</exception>
    /// <exception cref="ArgumentOutOfRangeException">This process may not run on a processor that the image names.</exception>
    /// <exception cref="InvalidOperationException">There are 1,024 guests already, or the hypervisor runs on another time than the system's.</exception>
    /// <exception cref="PlatformNotSupportedException">The system is not Linux on x86-64.</exception>
    /// <remarks>Whether there is KVM is seen when the machine is started, and told before by <see cref="KvmSupport"/>. Source: <c>docs/guests.md</c>, "A virtual machine".</remarks>
    public Guest AddGuest(GuestImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            throw new PlatformNotSupportedException("Guests in virtual machines need Linux on x86-64; use guests in this process.");
        CheckRealTime("A guest in a virtual machine");
        int[]? hardAffinity = HardAffinity.Take(image.HardAffinity, nameof(image));
        return AddGuest((id, pages) =>
        {
            MachineKeeper keeper = new(new MachineMemory(_devicePage, pages, image.Program.Span), image, hardAffinity, _parts.Options.KvmDescriptor);
            keeper.Guest = MakeGuest(id, pages, keeper);
            keeper.Guest.Machine = new GuestMachine(keeper);
            return keeper.Guest;
        });
    }

    /// <summary>Removes a guest: it is stopped, and what it has is taken from it.</summary>
    /// <param name="guest">The guest.</param>
    public void RemoveGuest(Guest guest)
    {
        ArgumentNullException.ThrowIfNull(guest);
        lock (_gate)
        {
            if (_guests[guest.Id.Value - 1] != guest)
                return;
            _parts.ForcedStop.Stop(guest, GuestState.Removed);
            guest.Iommu.Clear();

            foreach (Assignment assignment in guest.Assignments())
                assignment.Device.Unassign(assignment);
            foreach (SharedDevice? device in _devices)
                device?.Device.ForgetGuest(guest.Id);
            guest.Process?.Bury();
            guest.Machine?.Bury();
            guest.Pages.Close();

            // Only now may the domain id be used again.
            _guests[guest.Id.Value - 1] = null;
        }
    }

    /// <summary>Assigns a device to a guest: from now on the guest may use it when it owns it.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="device">The device.</param>
    /// <exception cref="InvalidOperationException">It is assigned already, or one of the two is gone.</exception>
    public void Assign(Guest guest, SharedDevice device)
    {
        ArgumentNullException.ThrowIfNull(guest);
        ArgumentNullException.ThrowIfNull(device);
        lock (_gate)
        {
            if (_guests[guest.Id.Value - 1] != guest || _devices[device.Index.Value] != device)
                throw new InvalidOperationException($"Guest {guest.Id} or {device.Index} is not of this hypervisor any more.");
            if (guest.AssignmentOf(device.Index) is not null)
                throw new InvalidOperationException($"{device.Index} is assigned to guest {guest.Id} already.");

            SharedRegion window = new(device.Device.WindowBytes, guestsWrite: true);
            GuestAttachment attachment = new(
                guest.Id,
                new RegisterWindow(window.Hypervisor.Start, device.Device.WindowBytes),
                new DmaPort(guest.Iommu, guest.Pages.Memory),
                events => guest.Upcalls.Raise(device.Index, events))
            {
                WindowMemory = window.Hypervisor,
            };
            DeviceContext context = device.Device.CreateContext(attachment);
            bool isHere = guest.Process is null && guest.Machine is null;
            Publish(new Assignment(guest, device, context, window) { GuestWindow = isHere ? window.MapForGuest() : null });
            if (isHere)
                window.Close(); // Both sides have it.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        foreach (Guest? guest in _guests.ToArray())
        {
            if (guest is not null)
                RemoveGuest(guest);
        }

        foreach (SharedDevice? device in _devices.ToArray())
        {
            if (device is not null)
                RemoveDevice(device);
        }

        // The timer first: it is what forced ends come from.
        _parts.Deadlines.Dispose();
        _parts.Reaper.Dispose();
        _devicePage.Close();
    }

    private static void Publish(Assignment assignment)
    {
        Guest guest = assignment.Guest;
        guest.Life.BeginAssignment();
        assignment.Device.Assign(assignment);
        guest.Assign(assignment);

        // A stop that begins after this look finds the assignment; so does every resume.
        if (guest.State != GuestState.Running)
            assignment.Context.Suspend();
        guest.Life.EndAssignment();
    }

    private Guest AddGuest(Func<DomainId, GuestPages, Guest> make)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            int place = Array.IndexOf(_guests, null);
            if (place < 0)
                throw new InvalidOperationException($"There are {WaitSet<HardwareMemory>.MaxGuests} guests already; remove one first.");

            DomainId id = new((ushort)(place + 1));
            _parts.Marks.Clear(id);
            GuestPages pages = new(id, _epoch, _parts.Options.Offered, _parts.Options.GuestMemoryBytes, _parts.Options.ApplicationBytes, _parts.Clock);
            return _guests[place] = make(id, pages);
        }
    }

    private void CheckRealTime(string guest)
    {
        if (_parts.Options.TimeProvider != TimeProvider.System)
            throw new InvalidOperationException($"{guest} reads the system's clock; let the hypervisor run on TimeProvider.System.");
    }

    private Guest MakeGuest(DomainId id, GuestPages pages, IGuestBody body)
    {
        UpcallLine upcalls = new(pages.Page, body, _parts.Clock, _parts.Deadlines, _parts.Reaper);
        DetachHistory detaches = new(_parts.Options.QuarantineAfter, Clock.Nanoseconds(_parts.Options.QuarantineWithin));
        return new Guest(id, pages, body, new IommuDomain(id, _faults), upcalls, detaches, _parts.Marks, _parts.ForcedStop);
    }

    private void HeadDevicePage()
    {
        ref DevicePage page = ref _devicePage.Hypervisor.At<DevicePage>(0);
        page.Header.Magic = DevicePageHeader.MagicValue;
        page.Header.Major = VpioVersion.Major;
        page.Header.Minor = _parts.Options.Offered.Minor;
        page.Header.Features = _parts.Options.Offered.Features;
        page.Header.PageSizeBytes = DevicePage.Size;
        page.Header.SlotSizeBytes = DeviceSlot.Size;
        page.Header.SlotCount = DevicePage.SlotCount;
        page.Header.Epoch = _epoch;
        for (uint i = 0; i < DevicePage.SlotCount; i++)
            Volatile.Write(ref DevicePage.WritableSlot(ref page, new DeviceIndex(i)).State, StateWord.Unused.Value);
    }

    private void ShowDeviceCount() =>
        _devicePage.Hypervisor.At<DevicePage>(0).Header.DeviceCount = (uint)_devices.Count(device => device is not null);
}
