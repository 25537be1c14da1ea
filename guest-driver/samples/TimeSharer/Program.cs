// Three well-behaved guests share one NIC, each with jobs to do that must not be cut in two. Nobody is ever stopped by force.
using Vpio.Abi.Network;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

const int Guests = 3;
const int Jobs = 200;

using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = TimeSpan.FromMilliseconds(2), Grace = TimeSpan.FromSeconds(1) });
Nic nic = new(new LoopbackWire());
SharedDevice shared = hypervisor.AddDevice(nic);
Task<string>[] sharers = [.. Enumerable.Range(1, Guests).Select(number =>
{
    Guest guest = hypervisor.AddGuest();
    nic.SetMacAddress(guest.Id, new MacAddress(((ulong)number << 40) | 0x02)); // 02:00:00:00:00:01 and so on, the first byte lowest.
    hypervisor.Assign(guest, shared);
    return Task.Run(() =>
    {
        using GuestDomain domain = GuestDomain.Attach(guest.Port);
        Sharer sharer = new(domain, domain.GetDevice(shared.Index));
        sharer.Do(Jobs);
        return $"{guest.Id}: {sharer.JobsDone} jobs, {nic.GetCounters(guest.Id).TxFrames} frames, in {sharer.Ownerships} ownerships, {sharer.GivenBackEarly} of them given back before they were asked for.";
    });
})];

foreach (string account in await Task.WhenAll(sharers))
    Console.WriteLine(account);
Console.WriteLine($"Stopped by force: {shared.Statistics.ForcedStops}.");
