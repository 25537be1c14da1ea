using Vpio.AssembledGuests;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks.Machines;

/// <summary>Is a hypervisor with one NIC, for guests in virtual machines whose programs are written in place.</summary>
internal sealed class MachineStage : IDisposable
{
    private readonly ReferenceHypervisor _hypervisor = new();
    private readonly Nic _nic = new(new DiscardingWire());
    private readonly IReadOnlyList<int>? _hardAffinity;

    /// <summary>Makes it.</summary>
    /// <param name="hardAffinity">The processors that machines run on; null: the system places them.</param>
    public MachineStage(IReadOnlyList<int>? hardAffinity = null)
    {
        _hardAffinity = hardAffinity;
        Device = _hypervisor.AddDevice(_nic);
    }

    public SharedDevice Device { get; }

    public Guest Add(Action<MachineProgram> write)
    {
        MachineProgram program = new();
        write(program);
        Guest guest = _hypervisor.AddGuest(new GuestImage(program.ToImage()) { HardAffinity = _hardAffinity });
        _nic.SetMacAddress(guest.Id, new(0x02UL | ((ulong)guest.Id.Value << 40)));
        _hypervisor.Assign(guest, Device);
        return guest;
    }

    /// <summary>Finds a word of a guest's memory.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="at">Where in its memory, bytes.</param>
    public static ref ulong Word(Guest guest, int at) => ref guest.Pages.Memory.At<ulong>(at);

    public void Dispose() => _hypervisor.Dispose();
}
