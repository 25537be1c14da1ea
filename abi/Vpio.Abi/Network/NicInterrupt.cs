using Vpio.Abi.Layout;

namespace Vpio.Abi.Network;

/// <summary>Names what the network device interrupts for, the bits of <see cref="NicRegister.InterruptArm"/>. Each fires once, then wants arming again.</summary>
/// <remarks>A guest arms, makes a full fence, looks at the ring once more, and only then sleeps.</remarks>
[Flags, AbiNumbers]
public enum NicInterrupt : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A transmit descriptor was consumed, or transmit faulted.</summary>
    Tx = 1 << 0,

    /// <summary>A receive descriptor was filled, or receive faulted.</summary>
    Rx = 1 << 1,
}
