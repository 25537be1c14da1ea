using Vpio.Abi.Machines;
using Vpio.Abi.Network;
using Vpio.Abi.Operations;
using Vpio.Abi.Processes;

namespace Vpio.Abi.Description;

/// <summary>Is the table of contents of the headers: which type stands where. A type uses only what stands before it.</summary>
internal static class AbiContents
{
    /// <summary>Gets the headers, their chapters and the types of those.</summary>
    public static IReadOnlyList<(string Name, string Title, (string Title, Type[] Types)[] Chapters)> Headers { get; } =
    [
        ("vpio", "VPIO: several guests time-share a device that cannot share itself. Pages, state word and hypercalls.",
        [
            ("Version", [typeof(VpioVersion)]),
            ("The state word", [typeof(DomainId), typeof(DeviceState), typeof(Generation), typeof(StateWord)]),
            ("Device page", [typeof(DeviceClass), typeof(DevicePageHeader), typeof(DeviceSlot), typeof(DevicePage)]),
            ("Guest page", [typeof(DeviceEvents), typeof(GuestPageHeader), typeof(GuestPage)]),
            ("The hypercall", [typeof(DeviceOp), typeof(DeviceStatus), typeof(DeviceOpArgument)]),
            ("Arguments of the operations",
            [
                typeof(NegotiateArgs), typeof(GetStateArgs), typeof(GrabArgs), typeof(ReleaseArgs), typeof(CancelArgs), typeof(QueryArgs),
                typeof(DmaAccess), typeof(MapArgs), typeof(UnmapArgs), typeof(WaitArgs),
            ]),
        ]),
        ("vpio_nic", "VPIO: the network device, class 1. Registers, bits and descriptors.",
        [
            ("Registers", [typeof(NicRegister)]),
            ("Bits", [typeof(NicControl), typeof(NicStatus), typeof(NicInterrupt)]),
            ("Rings", [typeof(NicDescriptor)]),
        ]),
        ("vpio_process", "VPIO: a guest in a process of its own on the same Linux. Control socket and call slots.",
        [
            ("Control socket", [typeof(ControlKind), typeof(ControlMessage)]),
            ("Calls", [typeof(CallSlot), typeof(CallArea)]),
        ]),
        ("vpio_machine", "VPIO: a guest in a virtual machine. Image, info and ports; its call slots are those of vpio_process.h.",
        [
            ("Program", [typeof(MachineImage), typeof(MachineInfo)]),
            ("Ports", [typeof(MachinePort)]),
        ]),
    ];
}
