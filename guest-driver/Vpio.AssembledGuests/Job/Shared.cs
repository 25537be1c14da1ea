using Iced.Intel;
using Vpio.Abi;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Names the words of the device page and the guest page as operands.</summary>
internal static class Shared
{
    /// <summary>Gets the state word of the device.</summary>
    public static AssemblerMemoryOperand StateWord => Field.Of<DeviceSlot>(Kept.Slot, nameof(DeviceSlot.State));

    /// <summary>Gets the flag that something happened.</summary>
    public static AssemblerMemoryOperand UpcallPending => Page(nameof(GuestPage.UpcallPending));

    /// <summary>Gets the flag that no notification is wanted.</summary>
    public static AssemblerMemoryOperand UpcallMask => Page(nameof(GuestPage.UpcallMask));

    /// <summary>Gets the bits of the devices that something happened to.</summary>
    public static AssemblerMemoryOperand PendingSelector => Page(nameof(GuestPage.PendingSelector));

    /// <summary>Gets what the counter showed when the conversion was made.</summary>
    public static AssemblerMemoryOperand TscBase => Page(nameof(GuestPage.TscBase));

    /// <summary>Gets what the hypervisor's clock showed then.</summary>
    public static AssemblerMemoryOperand NsBase => Page(nameof(GuestPage.NsBase));

    /// <summary>Gets the multiplier of the conversion; 0: there is none.</summary>
    public static AssemblerMemoryOperand TscMul => Page(nameof(GuestPage.TscMul));

    /// <summary>Gets the shift of the conversion.</summary>
    public static AssemblerMemoryOperand TscShift => Page(nameof(GuestPage.TscShift));

    /// <summary>Finds the events of a device.</summary>
    /// <param name="device">The register that holds its index.</param>
    public static AssemblerMemoryOperand Events(AssemblerRegister64 device) => __dword_ptr[Kept.Page + (device * sizeof(uint)) + GuestPage.EventsOffset];

    private static AssemblerMemoryOperand Page(string name) => Field.Of<GuestPage>(Kept.Page, name);
}
