using Microsoft.Win32.SafeHandles;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hypervisor.Guests.Machines;

/// <summary>Is a virtual machine of KVM: memory slots, and a processor.</summary>
/// <remarks>Threads: slots may be set and removed from any thread while the processor runs; the kernel sees to it that it sees them.</remarks>
internal sealed unsafe class VirtualMachine : IDisposable
{
    // Three pages that KVM wants for itself on processors of Intel, beyond all that is mapped.
    private static readonly nint KernelsPages = unchecked((nint)0xFFFB_D000);

    private readonly Kvm _kvm;
    private readonly SafeFileHandle _handle;

    /// <summary>Takes a machine over.</summary>
    /// <param name="kvm">The hypervisor that it is of.</param>
    /// <param name="handle">Its descriptor.</param>
    public VirtualMachine(Kvm kvm, SafeFileHandle handle)
    {
        _kvm = kvm;
        _handle = handle;
        _ = KvmCalls.Call(handle, KvmCalls.SetTssAddress, KernelsPages); // Where it is not wanted it is refused, and does not matter.
    }

    /// <summary>Makes memory of this process memory of the machine.</summary>
    /// <param name="slot">Its number; a slot that is in use is refused.</param>
    /// <param name="address">Where the machine sees it.</param>
    /// <param name="memory">The memory; the caller keeps it reachable for as long as the machine lives.</param>
    /// <param name="guestWrites">Whether the guest may write it; otherwise its writes exit.</param>
    /// <returns>False when the kernel has no room for it.</returns>
    public bool TryMap(uint slot, ulong address, Mapping memory, bool guestWrites)
    {
        KvmMemoryRegion region = new(slot, guestWrites ? 0 : KvmMemoryRegion.ReadOnly, address, (ulong)memory.LengthBytes, (ulong)memory.Start);

        // SAFETY: the kernel reads the structure during the call.
        return KvmCalls.Call(_handle, KvmCalls.SetMemoryRegion, &region) == 0;
    }

    /// <summary>Makes memory of this process memory of the machine, or says that it cannot.</summary>
    /// <param name="slot">As in <see cref="TryMap"/>.</param>
    /// <param name="address">As in <see cref="TryMap"/>.</param>
    /// <param name="memory">As in <see cref="TryMap"/>.</param>
    /// <param name="guestWrites">As in <see cref="TryMap"/>.</param>
    /// <exception cref="IOException">The kernel has no room for it.</exception>
    public void Map(uint slot, ulong address, Mapping memory, bool guestWrites = true) =>
        KvmCalls.Check("give a virtual machine its memory", TryMap(slot, address, memory, guestWrites) ? 0 : -1);

    /// <summary>Takes memory from the machine: when this returns, no access of the guest reaches it.</summary>
    /// <param name="slot">The number of its slot.</param>
    /// <returns>False when the kernel has no memory even for that: the slot is still there.</returns>
    public bool TryUnmap(uint slot)
    {
        KvmMemoryRegion region = new() { Slot = slot };

        // SAFETY: as in TryMap.
        return KvmCalls.Call(_handle, KvmCalls.SetMemoryRegion, &region) == 0;
    }

    /// <summary>Makes the machine's processor.</summary>
    /// <returns>The processor.</returns>
    /// <exception cref="IOException">The kernel cannot.</exception>
    public VirtualCpu CreateCpu()
    {
        SafeFileHandle cpu = new(KvmCalls.Check("make a processor", KvmCalls.Call(_handle, KvmCalls.CreateCpu)), ownsHandle: true);
        try
        {
            _kvm.OfferAllTo(cpu);
            return new VirtualCpu(cpu, _kvm.RunBytes);
        }
        catch
        {
            cpu.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();
}
