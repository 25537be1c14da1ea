using Vpio.Abi.Network;

namespace Vpio.GuestDriver;

/// <summary>Names the bits and registers of one half of the network device: transmit or receive.</summary>
/// <param name="Name">What the half does.</param>
/// <param name="Enable">Its bit in the control register.</param>
/// <param name="Running">Its running bit in the status register.</param>
/// <param name="Fault">Its fault bit in the status register.</param>
/// <param name="Interrupt">Its interrupt.</param>
/// <param name="RingIova">The register of its ring's address.</param>
/// <param name="RingEntries">The register of its ring's length.</param>
/// <param name="Tail">Its doorbell.</param>
internal sealed record NicHalfRegisters(
    string Name,
    NicControl Enable,
    NicStatus Running,
    NicStatus Fault,
    NicInterrupt Interrupt,
    uint RingIova,
    uint RingEntries,
    uint Tail)
{
    /// <summary>Gets the transmit half.</summary>
    internal static NicHalfRegisters Transmit { get; } = new(
        "transmit",
        NicControl.TxEnable,
        NicStatus.TxRunning,
        NicStatus.TxFault,
        NicInterrupt.Tx,
        NicRegister.TxRingIova,
        NicRegister.TxRingEntries,
        NicRegister.TxTail);

    /// <summary>Gets the receive half.</summary>
    internal static NicHalfRegisters Receive { get; } = new(
        "receive",
        NicControl.RxEnable,
        NicStatus.RxRunning,
        NicStatus.RxFault,
        NicInterrupt.Rx,
        NicRegister.RxRingIova,
        NicRegister.RxRingEntries,
        NicRegister.RxTail);
}
