using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Benchmarks;

/// <summary>Is a guest without a driver: what is measured is the hypercall and what is behind it.</summary>
internal sealed class BareGuest
{
    private readonly IHypercallPort _port;
    private readonly DeviceIndex _device;

    public BareGuest(ReferenceHypervisor hypervisor, SharedDevice device)
        : this(hypervisor, device, hypervisor.AddGuest())
    {
    }

    public BareGuest(ReferenceHypervisor hypervisor, SharedDevice device, Guest guest)
    {
        Guest = guest;
        hypervisor.Assign(Guest, device);
        _port = Guest.Port;
        _device = device.Index;
    }

    public Guest Guest { get; }

    public StateWord Word => DeviceSlot.ReadState(in DevicePage.Slot(in _port.DevicePage, _device));

    public bool Owns => Word.IsHeld && Word.Owner == Guest.Id;

    public ulong SliceEndNs => Volatile.Read(in DevicePage.Slot(in _port.DevicePage, _device).SliceEndNs);

    /// <summary>Gets the hypervisor's clock.</summary>
    public ulong NowNs => CounterConversion.FromPage(in _port.GuestPage).ToNs(_port.ReadCounter());

    public StateWord AskState()
    {
        GetStateArgs args = new() { Device = _device.Value };
        _port.Call((uint)DeviceOp.GetState, ref Unsafe.As<GetStateArgs, DeviceOpArgument>(ref args));
        return new StateWord(args.State);
    }

    public void Grab(bool queue)
    {
        GrabArgs args = new() { Device = _device.Value, Flags = queue ? GrabArgs.Queue : 0 };
        _port.Call((uint)DeviceOp.Grab, ref Unsafe.As<GrabArgs, DeviceOpArgument>(ref args));
    }

    /// <summary>Grabs the device, which nobody else has or wants.</summary>
    /// <returns>The ownership.</returns>
    public Generation Grab()
    {
        GrabArgs args = new() { Device = _device.Value };
        _port.Call((uint)DeviceOp.Grab, ref Unsafe.As<GrabArgs, DeviceOpArgument>(ref args));
        return new Generation(args.Generation);
    }

    public void Release() => Release(Word.Generation);

    public void Release(Generation generation)
    {
        ReleaseArgs args = new() { Device = _device.Value, Generation = generation.Value };
        _port.Call((uint)DeviceOp.Release, ref Unsafe.As<ReleaseArgs, DeviceOpArgument>(ref args));
    }
}
