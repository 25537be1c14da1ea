using Vpio.Abi.Layout;

namespace Vpio.Abi.Network;

/// <summary>Says how the network device is, the bits of <see cref="NicRegister.Status"/>.</summary>
[Flags, AbiNumbers]
public enum NicStatus : uint
{
    /// <summary>No link, nothing enabled.</summary>
    None = 0,

    /// <summary>The wire is there.</summary>
    LinkUp = 1 << 0,

    /// <summary>Transmit is on: its ring was latched and found good.</summary>
    TxRunning = 1 << 1,

    /// <summary>Receive is on: its ring was latched and found good.</summary>
    RxRunning = 1 << 2,

    /// <summary>Transmit was stopped by a fault: bad ring, bad tail, or a ring that the IOMMU blocks. Cleared by disabling it.</summary>
    TxFault = 1 << 8,

    /// <summary>Receive was stopped by a fault. Cleared by disabling it.</summary>
    RxFault = 1 << 9,
}
