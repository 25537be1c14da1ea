using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;

namespace Vpio.Conformance;

/// <summary>Has a guest do things with one device, in the words of the ABI.</summary>
/// <param name="guest">The guest.</param>
/// <param name="device">The device.</param>
/// <param name="address">The guest's address on it.</param>
internal sealed class Hand(ITestGuest guest, DeviceIndex device, MacAddress address)
{
    private const ulong SlotBytes = DeviceSlot.Size;

    /// <summary>Gets the guest.</summary>
    public ITestGuest Guest => guest;

    /// <summary>Gets the device.</summary>
    public DeviceIndex Device => device;

    /// <summary>Gets the guest's address on it.</summary>
    public MacAddress Address => address;

    /// <summary>Gets the state word, as the guest loads it.</summary>
    public StateWord Word => new(guest.Read(GuestSpace.DevicePage, SlotAt(0), sizeof(ulong)));

    /// <summary>Gets whether the guest holds the device, by the word.</summary>
    public bool Holds => Word is { IsHeld: true } word && word.Owner == guest.Id;

    /// <summary>Makes a hypercall.</summary>
    /// <typeparam name="TArgs">Its argument.</typeparam>
    /// <param name="args">The argument, inputs and outputs.</param>
    /// <returns>The result.</returns>
    public DeviceStatus Call<TArgs>(ref TArgs args)
        where TArgs : unmanaged, IDeviceOpArgs
    {
        // SAFETY: every argument has the 128 bytes of a DeviceOpArgument, and any bytes are one.
        return Call((uint)args.Operation, ref Unsafe.As<TArgs, DeviceOpArgument>(ref args));
    }

    /// <summary>Makes a hypercall by its number.</summary>
    /// <param name="cmd">The number.</param>
    /// <param name="argument">The argument.</param>
    /// <returns>The result.</returns>
    public DeviceStatus Call(uint cmd, ref DeviceOpArgument argument) => (DeviceStatus)guest.Call(cmd, ref argument);

    /// <summary>Negotiates.</summary>
    public (DeviceStatus Status, NegotiateArgs Answer) Negotiate(ushort major = VpioVersion.Major, ushort minor = VpioVersion.Minor, ulong features = VpioVersion.Features)
    {
        NegotiateArgs args = new() { Major = major, Minor = minor, Features = features };
        return (Call(ref args), args);
    }

    /// <summary>Asks for the device.</summary>
    public (DeviceStatus Status, GrabArgs Answer) Grab(bool queue = false)
    {
        GrabArgs args = new() { Device = device.Value, Flags = queue ? GrabArgs.Queue : 0 };
        return (Call(ref args), args);
    }

    /// <summary>Takes the device, which must be free.</summary>
    /// <returns>The generation.</returns>
    public ulong Take()
    {
        (DeviceStatus status, GrabArgs answer) = Grab();
        Expect.Equal(status, DeviceStatus.Ok, "the answer to a grab of a free device");
        return answer.Generation;
    }

    /// <summary>Joins the queue of a device that another holds.</summary>
    public void Queue() => Expect.Equal(Grab(queue: true).Status, DeviceStatus.Queued, "the answer to a queued grab of a device that another holds");

    /// <summary>Gives the device back.</summary>
    public DeviceStatus Release(ulong generation)
    {
        ReleaseArgs args = new() { Device = device.Value, Generation = generation };
        return Call(ref args);
    }

    /// <summary>Gives the device back in the generation that the word has.</summary>
    public DeviceStatus Release() => Release(Word.Generation.Value);

    /// <summary>Leaves the queue.</summary>
    public DeviceStatus Cancel()
    {
        CancelArgs args = new() { Device = device.Value };
        return Call(ref args);
    }

    /// <summary>Has the device described.</summary>
    public (DeviceStatus Status, QueryArgs Answer) Query()
    {
        QueryArgs args = new() { Device = device.Value };
        return (Call(ref args), args);
    }

    /// <summary>Asks for the state.</summary>
    public (DeviceStatus Status, GetStateArgs Answer) GetState()
    {
        GetStateArgs args = new() { Device = device.Value };
        return (Call(ref args), args);
    }

    /// <summary>Lets devices into memory.</summary>
    public DeviceStatus Map(ulong iova, ulong at, ulong length, DmaAccess access = DmaAccess.ReadWrite)
    {
        MapArgs args = new() { Iova = iova, Address = at, Length = length, Access = (uint)access };
        return Call(ref args);
    }

    /// <summary>Keeps devices out of memory.</summary>
    public DeviceStatus Unmap(ulong iova, ulong length)
    {
        UnmapArgs args = new() { Iova = iova, Length = length };
        return Call(ref args);
    }

    /// <summary>Sleeps until an upcall is pending.</summary>
    public DeviceStatus Wait(TimeSpan timeout)
    {
        WaitArgs args = new() { TimeoutNs = (ulong)timeout.TotalNanoseconds };
        return Call(ref args);
    }

    /// <summary>Takes the events of the device, as a guest that clears pending first and looks after.</summary>
    public DeviceEvents TakeEvents()
    {
        guest.Write(GuestSpace.GuestPage, 64, sizeof(byte), 0);
        guest.Write(GuestSpace.GuestPage, 72, sizeof(ulong), 0);
        ulong at = 128 + (4UL * device.Value);
        DeviceEvents events = (DeviceEvents)guest.Read(GuestSpace.GuestPage, at, sizeof(uint));
        guest.Write(GuestSpace.GuestPage, at, sizeof(uint), 0);
        return events;
    }

    /// <summary>Gets the events that are pending for the device.</summary>
    public DeviceEvents Events => (DeviceEvents)guest.Read(GuestSpace.GuestPage, 128 + (4UL * device.Value), sizeof(uint));

    /// <summary>Reads a register of 32 bits.</summary>
    public uint Register(uint offset) => (uint)guest.Read(GuestSpace.Registers(device), offset, sizeof(uint));

    /// <summary>Reads a register of 64 bits.</summary>
    public ulong Register64(uint offset) => guest.Read(GuestSpace.Registers(device), offset, sizeof(ulong));

    /// <summary>Writes a register of 32 bits.</summary>
    public void SetRegister(uint offset, uint value) => guest.Write(GuestSpace.Registers(device), offset, sizeof(uint), value);

    /// <summary>Writes a register of 64 bits.</summary>
    public void SetRegister64(uint offset, ulong value) => guest.Write(GuestSpace.Registers(device), offset, sizeof(ulong), value);

    /// <summary>Writes a doorbell, and kicks the device if it sleeps.</summary>
    public void Ring(uint doorbell, uint value)
    {
        SetRegister(doorbell, value);
        if (Register(NicRegister.Asleep) != 0)
            guest.Kick(device);
    }

    /// <summary>Reads a field of the device's slot.</summary>
    public ulong Slot(uint offset, int bytes) => guest.Read(GuestSpace.DevicePage, SlotAt(offset), bytes);

    private ulong SlotAt(uint offset) => DevicePage.SlotsOffset + (SlotBytes * device.Value) + offset;
}
