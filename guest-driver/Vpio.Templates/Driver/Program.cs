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
nic.SetMacAddress(guest.Id, new MacAddress(0x01_00_00_00_00_02)); // 02:00:00:00:00:01
hypervisor.Assign(guest, shared);

// The guest's side. Nothing but the port joins the two, so the driver is the same against any other hypervisor.
const int Frames = 1000;
using GuestDomain domain = GuestDomain.Attach(guest.Port);
GuestDevice device = domain.GetDevice(shared.Index);
#if (transmits)
byte[] frame = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02, 0, 0, 0, 0, 0x01, .. new byte[48]]; // To all, from the guest.
using TransmitDriver driver = new(domain, device);
int ownerships = driver.Send(frame, Frames);

Console.WriteLine($"The NIC sent {nic.GetCounters(guest.Id).TxFrames} frames, ownerships: {ownerships}; now it is {device.Hint.State}.");
#else
byte[] frame = [0x02, 0, 0, 0, 0, 0x01, 0x02, 0, 0, 0, 0, 0x02, .. new byte[48]]; // To the guest, from somebody else.
for (int i = 0; i < Frames; i++)
    nic.Receive(frame); // Nobody owns the NIC yet: the frames are parked until the guest does.
using ReceiveDriver driver = new(domain, device);
int received = driver.Receive(Frames);

Console.WriteLine($"The driver received {received} of {Frames} frames; now the NIC is {device.Hint.State}.");
#endif
