using Vpio.Abi.Layout;

namespace Vpio.Abi.Machines;

/// <summary>Numbers the I/O ports of a guest in a virtual machine. Each takes one OUT of 32 bits from EAX.</summary>
/// <remarks>Source: <c>docs/guests.md</c>, "Ports".</remarks>
[AbiNumbers]
public enum MachinePort : ushort
{
    /// <summary>No port.</summary>
    None = 0,

    /// <summary>Makes the hypercall whose operation and argument stand in the call slot of that number; the answer is there when OUT has returned.</summary>
    Call = 0x5600,

    /// <summary>Wakes the device of that number, if it sleeps and the guest owns it.</summary>
    Kick = 0x5604,

    /// <summary>Sleeps for so many microseconds, 1,000,000 at most, or until a notification comes.</summary>
    Sleep = 0x5608,

    /// <summary>Ends the guest, with that number as its exit code.</summary>
    End = 0x560C,
}
