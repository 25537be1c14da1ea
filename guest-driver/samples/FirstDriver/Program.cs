using Vpio.Abi.Network;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

// Domain 0's side: one NIC on a wire, one guest that may use it.
using ReferenceHypervisor hypervisor = new();
Nic nic = new(new LoopbackWire());
SharedDevice shared = hypervisor.AddDevice(nic);
Guest guest = hypervisor.AddGuest();
nic.SetMacAddress(guest.Id, new MacAddress(0x01_00_00_00_00_02)); // 02:00:00:00:00:01, the first byte lowest
hypervisor.Assign(guest, shared);

// The guest's side: grab, use, give back. Nothing but the port joins the two.
using GuestDomain domain = GuestDomain.Attach(guest.Port);
GuestDevice device = domain.GetDevice(shared.Index);
using NicTransmitter transmitter = new(domain, device);
byte[] frame = [255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 1, 0x88, 0xB5, .. "Hello from a guest."u8];

int sent = 0;
while (sent < 1000)
{
    using DeviceLease lease = device.Grab(); // In turn. Given back at the closing brace.
    while (sent < 1000 && !lease.StopRequested && transmitter.WaitForRoom(in lease, TimeSpan.FromSeconds(1)))
    {
        if (transmitter.TrySend(in lease, frame))
            sent++;
    }

    transmitter.WaitForDrain(in lease, TimeSpan.FromSeconds(1)); // One doorbell for all of them.
}

Console.WriteLine($"{sent} frames sent, {nic.GetCounters(guest.Id).TxFrames} on the wire, the device is {device.Hint.State}.");
