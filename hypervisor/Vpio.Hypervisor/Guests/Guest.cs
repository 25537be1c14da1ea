using System.Collections.Concurrent;
using Vpio.Abi;
using Vpio.Hypervisor.Iommu;
using Vpio.Hypervisor.Ownership;
using Vpio.Hypervisor.Upcalls;

namespace Vpio.Hypervisor.Guests;

/// <summary>Is a guest as the hypervisor and domain 0 see it.</summary>
public sealed class Guest : IEvictee<HardwareMemory, DeviceEffects>
{
    private readonly GuestMarks<HardwareMemory> _marks;
    private readonly ForcedStop _forcedStop;
    private readonly ConcurrentQueue<Assignment> _former = new();
    private readonly Assignment?[] _assignments = new Assignment?[DevicePage.SlotCount];
    private IHypercallPort? _port;
    private Agreement _agreed = Agreement.Unasked;

    internal Guest(DomainId id, GuestPages pages, IGuestBody body, IommuDomain iommu, UpcallLine upcalls, DetachHistory detaches, GuestMarks<HardwareMemory> marks, ForcedStop forcedStop)
    {
        Id = id;
        Pages = pages;
        Body = body;
        Life = new GuestLife(body.IsMortal);
        Iommu = iommu;
        Upcalls = upcalls;
        Detaches = detaches;
        _marks = marks;
        _forcedStop = forcedStop;
    }

    /// <summary>Gets the guest's domain id.</summary>
    public DomainId Id { get; }

    /// <summary>Gets the guest's end of the hypercall.</summary>
    /// <exception cref="InvalidOperationException">The guest is a process or a virtual machine of its own, and its end is there.</exception>
    public IHypercallPort Port
    {
        get => _port ?? throw new InvalidOperationException($"Guest {Id} is a process or a virtual machine of its own: its driver attaches there.");
        internal set => _port = value;
    }

    /// <summary>Gets the guest's process; <see langword="null"/> when it lives in this one.</summary>
    public GuestProcess? Process { get; internal set; }

    /// <summary>Gets the guest's virtual machine; <see langword="null"/> when it has none.</summary>
    public GuestMachine? Machine { get; internal set; }

    /// <summary>Gets whether the guest runs.</summary>
    public GuestState State => Life.State;

    /// <summary>Gets how many DMA accesses of devices on this guest's behalf were blocked.</summary>
    public ulong DmaFaultCount => Iommu.Faults;

    /// <summary>Gets the memory that domain 0 shares with the program in the guest, in the hypervisor's mapping; as long as <see cref="HypervisorOptions.ApplicationBytes"/> says.</summary>
    /// <remarks>Mapped while this object is reachable. What is read there the guest may change at any moment: copy it once, and check the copy.</remarks>
    public GuestMemory Application => Pages.Application;

    internal GuestPages Pages { get; }

    /// <summary>Gets what it runs in.</summary>
    internal IGuestBody Body { get; }

    /// <summary>Gets or sets what is in force for the guest; a stop and a resume leave it as it is.</summary>
    internal Agreement Agreed
    {
        get => Volatile.Read(ref _agreed);
        set => Volatile.Write(ref _agreed, value);
    }

    internal IommuDomain Iommu { get; }

    internal UpcallLine Upcalls { get; }

    /// <summary>Gets when devices were taken from it because it outlived its grace.</summary>
    internal DetachHistory Detaches { get; }

    /// <summary>Stops the guest by force: what it has is taken from it, and every later call of it is refused.</summary>
    public void Stop() => _forcedStop.Stop(this, GuestState.Stopped);

    /// <summary>Lets a stopped or quarantined guest go on, with its device contexts reset. A stop that is under way ends first.</summary>
    /// <exception cref="InvalidOperationException">The guest is neither stopped nor quarantined, or was a process or a virtual machine, which the stop ended.</exception>
    public void Resume() => _forcedStop.Resume(this);

    internal Assignment? AssignmentOf(DeviceIndex device) =>
        device.IsValid ? Volatile.Read(ref _assignments[device.Value]) : null;

    internal void Assign(Assignment assignment)
    {
        Body.WindowBegan(assignment);
        Volatile.Write(ref _assignments[assignment.Device.Index.Value], assignment);
    }

    /// <summary>Ends an assignment. Its window stays mapped: a thread of the guest may still have it in hand.</summary>
    internal void Unassign(DeviceIndex device)
    {
        if (AssignmentOf(device) is { } former)
            _former.Enqueue(former);
        Volatile.Write(ref _assignments[device.Value], null);
        Body.WindowEnded(device);
    }

    /// <summary>Wakes a device that sleeps, if the guest owns it.</summary>
    internal void Kick(DeviceIndex device)
    {
        if (!IsBarred && AssignmentOf(device) is { IsOwned: true } assignment)
        {
            assignment.Context.Kicked();
            assignment.Device.Device.Wake();
        }
    }

    internal IEnumerable<Assignment> Assignments()
    {
        for (uint i = 0; i < DevicePage.SlotCount; i++)
        {
            if (AssignmentOf(new DeviceIndex(i)) is { } assignment)
                yield return assignment;
        }
    }

    /// <summary>Tells whether the guest may own nothing any more.</summary>
    /// <remarks>A removed guest's id may be another guest's by now, so the mark under that id is not the whole answer.</remarks>
    internal bool IsBarred => Life.IsRemoved || _marks.IsSet(Id);

    /// <summary>Tells whether the guest may call no more.</summary>
    internal bool IsStopped => Life.IsRemoved || _marks.IsStopped(Id);

    /// <summary>Gets the calls that are under way; a sleep for an upcall is none.</summary>
    internal CallGate<HardwareMemory> Calls { get; } = new();

    /// <inheritdoc/>
    CallGate<HardwareMemory> IEvictee<HardwareMemory, DeviceEffects>.Calls => Calls;

    /// <inheritdoc/>
    IEnumerable<DeviceOwnership<HardwareMemory, DeviceEffects>> IEvictee<HardwareMemory, DeviceEffects>.Devices =>
        Assignments().Select(assignment => assignment.Device.Ownership);

    /// <inheritdoc/>
    void IEvictee<HardwareMemory, DeviceEffects>.WakeSleeps()
    {
        Body.Stop();
        Upcalls.Close();
    }

    /// <summary>Gets whether it runs, and who may change that now.</summary>
    internal GuestLife Life { get; }
}
