using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Guests;

namespace Vpio.Fuzz.Worlds;

/// <summary>Is a guest without a driver: bare calls, bare memory.</summary>
internal sealed class FuzzGuest
{
    /// <summary>Makes the guest's end, and puts a secret where no device may reach.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="faults">What is to be broken.</param>
    public FuzzGuest(Guest guest, Faults faults)
    {
        Guest = guest;
        Port = faults.Port(guest.Port);
        Secret.CopyTo(Whole[(int)guest.Pages.MemoryBytes..]);
    }

    /// <summary>Gets what stands in each guest's application memory and nowhere else.</summary>
    public static ReadOnlySpan<byte> Secret => "which no device may ever read"u8;

    /// <summary>Gets the guest as domain 0 has it.</summary>
    public Guest Guest { get; }

    /// <summary>Gets its end of the hypercall.</summary>
    public IHypercallPort Port { get; }

    /// <summary>Gets its address.</summary>
    public MacAddress Address => AddressOf(Guest.Id);

    /// <summary>Gets its memory as its driver has it.</summary>
    public Span<byte> Memory => Whole[..(int)Guest.Pages.MemoryBytes];

    /// <summary>Gets its memory and the application memory behind that.</summary>
    public Span<byte> Whole => Guest.Pages.Memory.Bytes(0, (int)Guest.Pages.Memory.LengthBytes);

    /// <summary>Gets its guest page.</summary>
    public Span<byte> Page => Guest.Pages.Page.Bytes(0, GuestPage.Size);

    /// <summary>Tells the address of a guest.</summary>
    /// <param name="guest">The guest.</param>
    public static MacAddress AddressOf(DomainId guest) => new(0x02UL | ((ulong)guest.Value << 40));

    /// <summary>Shows its register window of a device.</summary>
    /// <param name="device">The device.</param>
    /// <returns>The window; empty when the device is not assigned to it.</returns>
    public Span<byte> Window(DeviceIndex device) =>
        Guest.AssignmentOf(device)?.GuestWindow is { } window ? window.Bytes(0, (int)NicRegister.WindowBytes) : default;

    /// <summary>Makes a call that means what it says.</summary>
    /// <typeparam name="TArgs">Its argument.</typeparam>
    /// <param name="args">The argument.</param>
    /// <returns>The result.</returns>
    public DeviceStatus Call<TArgs>(ref TArgs args)
        where TArgs : unmanaged, IDeviceOpArgs =>
        (DeviceStatus)Port.Call((uint)args.Operation, ref Unsafe.As<TArgs, DeviceOpArgument>(ref args));
}
