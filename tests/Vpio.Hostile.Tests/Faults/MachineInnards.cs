using System.Reflection;
using Vpio.Abi;
using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Guests.Machines;
using Vpio.Hypervisor.Memory;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Reaches into a guest's virtual machine, where nobody but a planted fault has anything to do.</summary>
/// <param name="guest">The guest.</param>
internal sealed class MachineInnards(Guest guest)
{
    private readonly MachineKeeper _keeper = Read<MachineKeeper>(guest.Machine!, "_keeper");

    /// <summary>Gets the machine; waits until there is one.</summary>
    public VirtualMachine Machine
    {
        get
        {
            MachineWindows windows = Read<MachineWindows>(_keeper, "_windows");
            VirtualMachine? machine = null;
            SpinWait.SpinUntil(() => (machine = Find<VirtualMachine>(windows, "_machine")) is not null || guest.Machine!.Exit is not null);
            return machine ?? throw new InvalidOperationException("the machine has ended");
        }
    }

    /// <summary>Gets the device page.</summary>
    public SharedRegion DevicePage => Read<SharedRegion>(Memory, "_devicePage");

    /// <summary>Gets the info page.</summary>
    public SharedRegion Info => Read<SharedRegion>(Memory, "_info");

    /// <summary>Gets the tables of the processor.</summary>
    public SharedRegion Tables => Read<SharedRegion>(Memory, "_system");

    private MachineMemory Memory => Read<MachineMemory>(_keeper, "_memory");

    /// <summary>Puts another body in the place of the guest's.</summary>
    public FaultyBody Replace(FaultyBody.Oversight oversight)
    {
        FaultyBody body = new(guest.Body, oversight);
        Field(guest, "<Body>k__BackingField").SetValue(guest, body);
        Field(guest.Upcalls, "<body>P").SetValue(guest.Upcalls, body);
        return body;
    }

    /// <summary>Has calls and kicks of the machine count as another guest's.</summary>
    /// <param name="other">The other.</param>
    public void MistakeFor(Guest other)
    {
        MachineDoor door = Read<MachineDoor>(_keeper, "_door");
        Field(door, "_guest").SetValue(door, other);
    }

    /// <summary>Has accesses that are made for the machine reach another guest's registers of a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="other">The other guest.</param>
    public void Mislead(DeviceIndex device, Guest other)
    {
        object window = Read<object?[]>(Read<MachineWindows>(_keeper, "_windows"), "_windows")[device.Value]!;
        Field(window, "<Assignment>k__BackingField").SetValue(window, other.AssignmentOf(device));
    }

    /// <summary>Gets the registers that a guest has of a device, in the hypervisor's mapping.</summary>
    public static Mapping RegistersOf(Guest guest, DeviceIndex device) => guest.AssignmentOf(device)!.Registers.Hypervisor;

    private static T Read<T>(object of, string name)
        where T : class => Find<T>(of, name) ?? throw new InvalidOperationException($"{of.GetType().Name}.{name} is empty");

    private static T? Find<T>(object of, string name)
        where T : class => (T?)Field(of, name).GetValue(of);

    private static FieldInfo Field(object of, string name) =>
        of.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic) ?? throw new MissingFieldException(of.GetType().Name, name);
}
