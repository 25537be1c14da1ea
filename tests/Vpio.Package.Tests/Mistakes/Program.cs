using Vpio.Abi.Network;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

using ReferenceHypervisor hypervisor = new();
Nic nic = new(new LoopbackWire());
SharedDevice shared = hypervisor.AddDevice(nic);
Guest guest = hypervisor.AddGuest();
nic.SetMacAddress(guest.Id, new MacAddress(0x01_00_00_00_00_02));
hypervisor.Assign(guest, shared);

using GuestDomain domain = GuestDomain.Attach(guest.Port);
GuestDevice device = domain.GetDevice(shared.Index);
using NicTransmitter transmitter = new(domain, device);
byte[] frame = [255, 255, 255, 255, 255, 255, 2, 0, 0, 0, 0, 1, .. new byte[48]];

Tell(nameof(TouchWithoutGrab), () => TouchWithoutGrab.Send(device, transmitter, frame));
Tell(nameof(IgnoredAnswer), () => IgnoredAnswer.Send(device, transmitter, frame));
Tell(nameof(UseAfterRelease), () => UseAfterRelease.Send(device, transmitter, frame));
Tell(nameof(LoopWithoutPoll), () => LoopWithoutPoll.Send(device, transmitter, [frame, frame, frame]));
await AwaitUnderAHold.DrawAsync(new Plotter());

void Tell(string driver, Action send)
{
    ulong before = nic.GetCounters(guest.Id).TxFrames;
    send();
    Console.WriteLine($"{driver}: {nic.GetCounters(guest.Id).TxFrames - before} sent, {device.Hint.State}");
}
