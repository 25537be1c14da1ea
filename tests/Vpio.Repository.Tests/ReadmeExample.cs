using Vpio.Abi.Network;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.Repository.Tests;

/// <summary>Is the example of README.md, which shows it between the two marks.</summary>
internal static class ReadmeExample
{
    public static long Run(byte[] frame)
    {
        // <README>
        // Domain 0's side: one NIC on a wire, one guest that may use it.
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = TimeSpan.FromMilliseconds(10) });
        Nic nic = new(new LoopbackWire());
        SharedDevice shared = hypervisor.AddDevice(nic);
        Guest guest = hypervisor.AddGuest();
        nic.SetMacAddress(guest.Id, new MacAddress(0x01_00_00_00_00_02)); // 02:00:00:00:00:01
        hypervisor.Assign(guest, shared);

        // The guest's side: grab, use, give back. Nothing but the port joins the two.
        using GuestDomain domain = GuestDomain.Attach(guest.Port);
        GuestDevice device = domain.GetDevice(shared.Index);
        using NicTransmitter transmitter = new(domain, device);
        using (DeviceLease lease = device.Grab())
        {
            for (int i = 0; i < 100 && !lease.StopRequested; i++)
                transmitter.TrySend(in lease, frame);
            transmitter.Flush(in lease); // one doorbell for all of them
            transmitter.WaitForDrain(in lease, TimeSpan.FromSeconds(1));
        }

        // </README>
        return (long)nic.GetCounters(guest.Id).TxFrames;
    }
}
