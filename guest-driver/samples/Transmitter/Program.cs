// A transmitter beside a guest that always wants the NIC too. It fills the ring, rings once for many frames, and gives the device
// back when it is asked to; what is in the ring by then goes out in its next ownership.
using System.Buffers.Binary;
using Vpio.Abi.Network;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

const int Frames = 20_000;
TimeSpan patience = TimeSpan.FromSeconds(10);

// Domain 0: short slices, so that the two change often; a long grace, for a machine that may be busy with something else.
using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = TimeSpan.FromMilliseconds(1), Grace = TimeSpan.FromSeconds(1) });
Nic nic = new(new LoopbackWire());
SharedDevice shared = hypervisor.AddDevice(nic);
using GuestDomain domain = Attach(0x01_00_00_00_00_02, out Guest guest);
using GuestDomain neighbour = Attach(0x02_00_00_00_00_02, out _);
using CancellationTokenSource done = new();
Task<int> visits = Task.Run(() => Visit(neighbour.GetDevice(shared.Index), done.Token));

GuestDevice device = domain.GetDevice(shared.Index);
using NicTransmitter transmitter = new(domain, device);
byte[] frame = [0x02, 0, 0, 0, 0, 0x09, 0x02, 0, 0, 0, 0, 0x01, 0x88, 0xB5, 0, 0, 0, 0];
int posted = 0;
int ownerships = 0;
bool drained = false;
while (!drained)
{
    using DeviceLease lease = device.Grab();
    ownerships++;
    while (posted < Frames && !lease.StopRequested && transmitter.WaitForRoom(in lease, patience))
    {
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(14), posted);
        if (transmitter.TrySend(in lease, frame))
            posted++;
    }

    drained = transmitter.WaitForDrain(in lease, patience) && posted == Frames; // False when the slice was over first.
}

done.Cancel();
Console.WriteLine($"{posted} frames posted, {nic.GetCounters(guest.Id).TxFrames} on the wire, {transmitter.DiscardedFrames} lost.");
Console.WriteLine($"It took {ownerships} ownerships; the neighbour had the NIC {await visits} times meanwhile.");

GuestDomain Attach(ulong address, out Guest made)
{
    made = hypervisor.AddGuest();
    nic.SetMacAddress(made.Id, new MacAddress(address)); // The first byte lowest.
    hypervisor.Assign(made, shared);
    return GuestDomain.Attach(made.Port);
}

// The neighbour comes again and again, and leaves at once: whoever owns the NIC gets a slice because of it.
static int Visit(GuestDevice device, CancellationToken end)
{
    int visits = 0;
    while (!end.IsCancellationRequested)
    {
        using (device.Grab(CancellationToken.None))
            visits++;
    }

    return visits;
}
