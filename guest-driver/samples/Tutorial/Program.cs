using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = TimeSpan.FromMilliseconds(2), Grace = TimeSpan.FromSeconds(1) });
Nic nic = new(new LoopbackWire(), new NicOptions { ParkingFrames = 10_000 });
SharedDevice shared = hypervisor.AddDevice(nic);

Guest first = AddGuest(0x01_00_00_00_00_02);
Guest second = AddGuest(0x02_00_00_00_00_02);
Task sending = Task.Run(() => Sender.Run(first.Port, shared.Index, count: 10_000));
Task<string> receiving = Task.Run(() => Listener.Run(second.Port, shared.Index, count: 10_000));
await sending;
Console.WriteLine(await receiving);
Console.WriteLine($"Stopped by force: {shared.Statistics.ForcedStops}. The device is {shared.State.State}.");

Guest AddGuest(ulong address)
{
    Guest guest = hypervisor.AddGuest();
    nic.SetMacAddress(guest.Id, new MacAddress(address));
    hypervisor.Assign(guest, shared);
    return guest;
}
