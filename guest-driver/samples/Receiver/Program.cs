// A receiver that owns the NIC only when frames wait for it. While another guest transmits, the NIC parks what arrives; an upcall says
// that something waits; the grab brings it, in order; and what is in the ring can be read when the device is given back already.
using System.Buffers.Binary;
using Vpio.Abi.Network;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

const int Frames = 2_000;
const int HeaderBytes = 14;
TimeSpan patience = TimeSpan.FromSeconds(10);

using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = TimeSpan.FromMilliseconds(1), Grace = TimeSpan.FromSeconds(1) });
Nic nic = new(new LoopbackWire(), new NicOptions { ParkingFrames = Frames });
SharedDevice shared = hypervisor.AddDevice(nic);
using GuestDomain domain = Attach(0x01_00_00_00_00_02);
using GuestDomain sender = Attach(0x02_00_00_00_00_02);
Task sending = Task.Run(() => Send(sender, sender.GetDevice(shared.Index)));

GuestDevice device = domain.GetDevice(shared.Index);
using NicReceiver receiver = new(domain, device);
byte[] frame = new byte[2048];
int received = 0;
int outOfOrder = 0;
while (received < Frames)
{
    device.WaitForFramesPending(patience); // Without the device. The answer is a hint: the grab and the ring decide.
    using (DeviceLease lease = device.Grab())
    {
        receiver.Start(in lease);
        while (received < Frames && !lease.StopRequested && receiver.WaitForFrames(in lease, TimeSpan.FromMilliseconds(1)) && receiver.TryReceive(in lease, frame, out int length))
            Count(frame.AsSpan(0, length));
    }

    while (receiver.TryReceive(frame, out int length)) // After the release: the ring is guest memory.
        Count(frame.AsSpan(0, length));
}

await sending;
Console.WriteLine($"{received} frames received, {outOfOrder} out of order.");
Console.WriteLine($"The NIC had parked {device.Query().RxParked} of them, and dropped {device.Query().RxDropped}.");

void Count(ReadOnlySpan<byte> bytes)
{
    if (BinaryPrimitives.ReadInt32BigEndian(bytes[HeaderBytes..]) != received)
        outOfOrder++;
    received++;
}

GuestDomain Attach(ulong address)
{
    Guest made = hypervisor.AddGuest();
    nic.SetMacAddress(made.Id, new MacAddress(address)); // The first byte lowest.
    hypervisor.Assign(made, shared);
    return GuestDomain.Attach(made.Port);
}

void Send(GuestDomain from, GuestDevice device)
{
    using NicTransmitter transmitter = new(from, device);
    byte[] numbered = [0x02, 0, 0, 0, 0, 0x01, 0x02, 0, 0, 0, 0, 0x02, 0x88, 0xB5, 0, 0, 0, 0];
    int sent = 0;
    bool drained = false;
    while (!drained)
    {
        using DeviceLease lease = device.Grab();
        while (sent < Frames && !lease.StopRequested && transmitter.WaitForRoom(in lease, patience))
        {
            BinaryPrimitives.WriteInt32BigEndian(numbered.AsSpan(HeaderBytes), sent);
            if (transmitter.TrySend(in lease, numbered))
                sent++;
        }

        drained = transmitter.WaitForDrain(in lease, patience) && sent == Frames;
    }
}
