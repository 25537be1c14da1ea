using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;
using Vpio.Hypervisor.Guests;

namespace Vpio.CrossProcess;

/// <summary>Is a hypervisor in a process that is going to be killed, with one guest that holds the device and is to outlive it.</summary>
internal static class HostProcess
{
    /// <summary>Starts the guest, says its number when it holds the device, and waits to be killed.</summary>
    public static int Run()
    {
        using ReferenceHypervisor hypervisor = new(new HypervisorOptions { GuestMemoryBytes = 4096, ApplicationBytes = Notebook.Bytes });
        Nic nic = new(new LoopbackWire());
        SharedDevice device = hypervisor.AddDevice(nic);
        Guest guest = hypervisor.AddGuest(new GuestCommand("dotnet", [typeof(HostProcess).Assembly.Location, "outlive", "1"]));
        nic.SetMacAddress(guest.Id, new MacAddress(2));
        hypervisor.Assign(guest, device);
        guest.Process!.Start();
        Notebook notebook = new(guest.Application);
        SpinWait.SpinUntil(() => Volatile.Read(ref notebook.Progress) != 0 || guest.Process.Exit is not null);
        Console.WriteLine(guest.Process.Exit is { } exit ? $"{exit}: {notebook.Said}" : guest.Process.Id.ToString());
        Thread.Sleep(Timeout.Infinite);
        return ExitCodes.Sound;
    }
}
