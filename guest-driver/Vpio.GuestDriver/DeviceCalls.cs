using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.GuestDriver;

/// <summary>Makes the calls about one device, and reads its state word.</summary>
/// <param name="port">The way to the hypervisor.</param>
/// <param name="agreed">Who calls, and what was agreed on.</param>
/// <param name="device">The device.</param>
internal sealed class DeviceCalls(IHypercallPort port, Negotiation agreed, DeviceIndex device)
{
    /// <summary>Gets the guest that calls.</summary>
    internal DomainId Guest => agreed.Guest;

    /// <summary>Gets the device that the calls are about.</summary>
    internal DeviceIndex Device => device;

    /// <summary>Gets the device's slot in the device page.</summary>
    internal ref readonly DeviceSlot Slot => ref DevicePage.Slot(in port.DevicePage, device);

    /// <summary>Reads the state word.</summary>
    /// <returns>The word as it stood.</returns>
    internal StateWord ReadState() => DeviceSlot.ReadState(in Slot);

    /// <summary>Asks for the device.</summary>
    /// <param name="queue">Whether to wait in the queue when it is not to be had.</param>
    /// <param name="generation">The ownership, when the status is <see cref="DeviceStatus.Ok"/>.</param>
    /// <param name="ahead">A hint of how many wait before the guest, when the status is <see cref="DeviceStatus.Queued"/>.</param>
    /// <returns>The status.</returns>
    /// <exception cref="HypervisorRestartedException">The hypervisor was started anew, and has agreed on nothing with this guest.</exception>
    internal DeviceStatus Grab(bool queue, out Generation generation, out uint ahead)
    {
        agreed.ThrowIfStale(port, DeviceOp.Grab);
        GrabArgs args = new() { Device = device.Value, Flags = queue ? GrabArgs.Queue : 0 };
        DeviceStatus status = DeviceCall.Make(port, ref args);
        generation = new(args.Generation);
        ahead = args.Ahead;
        return status;
    }

    /// <summary>Gives the device back.</summary>
    /// <param name="generation">The ownership.</param>
    /// <returns>The status.</returns>
    internal DeviceStatus Release(Generation generation)
    {
        ReleaseArgs args = new() { Device = device.Value, Generation = generation.Value };
        return DeviceCall.Make(port, ref args);
    }

    /// <summary>Leaves the queue.</summary>
    /// <returns>The status.</returns>
    internal DeviceStatus Cancel()
    {
        CancelArgs args = new() { Device = device.Value };
        return DeviceCall.Make(port, ref args);
    }

    /// <summary>Asks what the device is and how the guest used it.</summary>
    /// <param name="answer">The answer, when the status is <see cref="DeviceStatus.Ok"/>.</param>
    /// <returns>The status.</returns>
    internal DeviceStatus Query(out QueryArgs answer)
    {
        answer = new() { Device = device.Value };
        return DeviceCall.Make(port, ref answer);
    }

    /// <summary>Makes the exception that goes with a status.</summary>
    /// <param name="operation">The operation that ended with it.</param>
    /// <param name="status">The status.</param>
    /// <returns>The exception, for the caller to throw or to hand on.</returns>
    internal Exception Failure(DeviceOp operation, DeviceStatus status) => status switch
    {
        DeviceStatus.Denied => new GuestStoppedException($"{operation} of {device}", Guest),
        DeviceStatus.NoDevice => new DeviceRemovedException(operation.ToString(), device, ReadState()),
        DeviceStatus.Exists => new InvalidOperationException($"{operation} of {device} by {Guest}: the guest owns it or is about to, but not by this driver; is a second driver attached to the guest?"),
        _ => new DeviceCallException(operation, status, $"{device} by {Guest}; it is {ReadState()}"),
    };
}
