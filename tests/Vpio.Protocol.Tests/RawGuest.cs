using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;

namespace Vpio.Protocol.Tests;

/// <summary>Is a guest without a driver: it makes bare hypercalls and looks at the pages with its own eyes.</summary>
internal sealed class RawGuest(Guest guest)
{
    private static readonly DeviceIndex First = new(0);

    public Guest Guest => guest;

    public DomainId Id => guest.Id;

    public IHypercallPort Port => guest.Port;

    public StateWord Word => WordOf(First);

    public ref readonly DeviceSlot Slot => ref DevicePage.Slot(in Port.DevicePage, First);

    public ref readonly DeviceSlot SlotOf(uint device) => ref DevicePage.Slot(in Port.DevicePage, new DeviceIndex(device));

    public bool Owns => Word.IsHeld && Word.Owner == Id;

    public Generation Generation => Word.Generation;

    public StateWord WordOf(DeviceIndex device) => DeviceSlot.ReadState(in DevicePage.Slot(in Port.DevicePage, device));

    public DeviceStatus Call<TArgs>(ref TArgs args)
        where TArgs : unmanaged, IDeviceOpArgs =>
        (DeviceStatus)Port.Call((uint)args.Operation, ref Unsafe.As<TArgs, DeviceOpArgument>(ref args));

    public DeviceStatus TryGrab(uint device = 0) => TryGrab(device, out _);

    public DeviceStatus TryGrab(uint device, out GrabArgs args)
    {
        args = new GrabArgs { Device = device };
        return Call(ref args);
    }

    public DeviceStatus Queue(uint device = 0)
    {
        GrabArgs args = new() { Device = device, Flags = GrabArgs.Queue };
        return Call(ref args);
    }

    public DeviceStatus Release(Generation generation, uint device = 0)
    {
        ReleaseArgs args = new() { Device = device, Generation = generation.Value };
        return Call(ref args);
    }

    public DeviceStatus Release() => Release(Generation);

    public DeviceStatus Cancel(uint device = 0)
    {
        CancelArgs args = new() { Device = device };
        return Call(ref args);
    }

    public QueryArgs Query(uint device = 0)
    {
        QueryArgs args = new() { Device = device };
        Assert.That(Call(ref args), Is.EqualTo(DeviceStatus.Ok));
        return args;
    }

    public DeviceStatus Wait(ulong timeoutNs = WaitArgs.Forever)
    {
        WaitArgs args = new() { TimeoutNs = timeoutNs };
        return Call(ref args);
    }

    /// <summary>Takes what is pending of a device, in the order that the guest page asks for.</summary>
    public DeviceEvents TakeEvents(uint device = 0)
    {
        ref GuestPage page = ref Port.GuestPage;
        Volatile.Write(ref page.UpcallPending, 0);
        Interlocked.MemoryBarrier();
        Interlocked.And(ref page.PendingSelector, ~(1UL << (int)device));
        return (DeviceEvents)Interlocked.Exchange(ref GuestPage.Events(ref page, new DeviceIndex(device)), 0);
    }
}
