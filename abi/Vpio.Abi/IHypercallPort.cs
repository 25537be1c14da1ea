using Vpio.Abi.Operations;
using Vpio.Abi.Ownership;

namespace Vpio.Abi;

/// <summary>Is all that a guest has of its hypervisor: the hypercall, the shared pages, its register windows, its memory.</summary>
/// <remarks>
/// One implementation for each kind of guest. Hypervisor and guest driver meet here without knowing each other.
/// The memory behind it stays mapped until the port is disposed or no longer reachable, also after the guest was stopped.
/// A <see cref="Call"/> that comes beside or after the disposal is refused with <see cref="DeviceStatus.Denied"/>, and touches nothing that is unmapped.
/// Threads: all members may be used from any thread. Source: <c>docs/abi.md</c>.
/// </remarks>
public interface IHypercallPort : IDisposable
{
    /// <summary>Gets the device page, read-only: writing through it faults.</summary>
    ref readonly DevicePage DevicePage { get; }

    /// <summary>Gets the guest's own page.</summary>
    ref GuestPage GuestPage { get; }

    /// <summary>Gets the guest's own memory: the only memory of it that a device can reach.</summary>
    GuestMemory Memory { get; }

    /// <summary>Reads the counter that <see cref="CounterConversion"/> turns into the hypervisor's clock: no call, no exit.</summary>
    /// <returns>The counter: in a virtual machine its time stamp counter, in process the timestamp of the hypervisor's time.</returns>
    [NoThrow]
    ulong ReadCounter();

    /// <summary>Makes the hypercall <c>HYPERVISOR_device_op</c>.</summary>
    /// <param name="cmd">The operation, a <see cref="DeviceOp"/>; other numbers give <see cref="DeviceStatus.NoSuchOperation"/>.</param>
    /// <param name="argument">Its argument: inputs in bytes 0-31, outputs in bytes 32-127.</param>
    /// <returns>0 or a positive result, or a negative Xen errno: a <see cref="DeviceStatus"/>.</returns>
    /// <remarks>Blocks only for <see cref="DeviceOp.Wait"/>. Ordering: a full fence on both sides.</remarks>
    long Call(uint cmd, ref DeviceOpArgument argument);

    /// <summary>Finds the guest's register window of a device. It is live only while the guest owns the device.</summary>
    /// <param name="device">The device.</param>
    /// <returns>The window; an empty one when the device is not assigned to the guest.</returns>
    RegisterWindow GetWindow(DeviceIndex device);

    /// <summary>Wakes a device that sleeps, as a write to an ioeventfd does: no exit, no answer, no effect without ownership.</summary>
    /// <param name="device">The device.</param>
    void Kick(DeviceIndex device);
}
