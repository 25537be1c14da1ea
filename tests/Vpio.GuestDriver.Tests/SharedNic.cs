using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.GuestDriver.Tests;

/// <summary>Is the real thing, small: a hypervisor, one NIC on a loopback, two guests with drivers.</summary>
internal sealed class SharedNic : IDisposable
{
    private readonly ReferenceHypervisor _hypervisor;
    private readonly Nic _nic;

    internal SharedNic(TimeSpan slice, TimeSpan grace)
    {
        _hypervisor = new ReferenceHypervisor(new HypervisorOptions { Slice = slice, Grace = grace });
        _nic = new Nic(new LoopbackWire(), new NicOptions { ParkingFrames = 65_536 });
        Device = _hypervisor.AddDevice(_nic);
        Stations = [new Station(AddGuest(AddressOf(1)), Device.Index), new Station(AddGuest(AddressOf(2)), Device.Index)];
    }

    internal SharedDevice Device { get; }

    internal Station[] Stations { get; }

    internal Station A => Stations[0];

    internal Station B => Stations[1];

    public void Dispose()
    {
        foreach (Station station in Stations)
            station.Domain.Dispose();
        _hypervisor.Dispose();
    }

    internal static MacAddress AddressOf(byte number) => new(0x02UL | ((ulong)number << 40));

    /// <summary>Adds a guest that has no driver yet.</summary>
    internal Guest AddGuest(MacAddress address)
    {
        Guest guest = _hypervisor.AddGuest();
        _nic.SetMacAddress(guest.Id, address);
        _hypervisor.Assign(guest, Device);
        return guest;
    }
}

/// <summary>Is one guest on the shared NIC.</summary>
internal sealed class Station
{
    internal Station(Guest guest, DeviceIndex index)
    {
        Guest = guest;
        Domain = GuestDomain.Attach(guest.Port);
        Device = Domain.GetDevice(index);
        Transmitter = new NicTransmitter(Domain, Device, 64);
        Receiver = new NicReceiver(Domain, Device, 64);
        Address = Device.Query().MacAddress;
    }

    internal Guest Guest { get; }

    internal GuestDomain Domain { get; }

    internal GuestDevice Device { get; }

    internal NicTransmitter Transmitter { get; }

    internal NicReceiver Receiver { get; }

    internal MacAddress Address { get; }

    internal byte[] FrameTo(MacAddress other, int number)
    {
        byte[] frame = Frames.Numbered(number);
        BitConverter.TryWriteBytes(frame, other.Value);
        BitConverter.TryWriteBytes(frame.AsSpan(6), Address.Value);
        return frame;
    }

    /// <summary>Sends frames, in as many ownerships as it takes.</summary>
    internal void Send(MacAddress other, params int[] numbers)
    {
        int sent = 0;
        bool drained = false;
        while (!drained)
        {
            using DeviceLease lease = Device.Grab();
            while (sent < numbers.Length && Transmitter.TrySend(in lease, FrameTo(other, numbers[sent])))
                sent++;
            drained = Transmitter.WaitForDrain(in lease, FakePort.SafetyNet) && sent == numbers.Length;
        }
    }

    /// <summary>Receives one frame, in as many ownerships as it takes.</summary>
    internal int Receive()
    {
        byte[] buffer = new byte[2048];
        int length;
        while (!Receiver.TryReceive(buffer, out length))
        {
            using DeviceLease lease = Device.Grab();
            Receiver.WaitForFrames(in lease, FakePort.SafetyNet);
        }

        return Frames.NumberOf(buffer.AsSpan(0, length));
    }
}
