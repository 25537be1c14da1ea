using Vpio.Abi.Layout;

namespace Vpio.Abi.Network;

/// <summary>Turns the halves of the network device on, the bits of <see cref="NicRegister.Control"/>.</summary>
[Flags, AbiNumbers]
public enum NicControl : uint
{
    /// <summary>Both are off: their rings can be changed, their heads are 0.</summary>
    None = 0,

    /// <summary>Transmit: on the change from 0 the device latches the ring and starts with head 0.</summary>
    TxEnable = 1 << 0,

    /// <summary>Receive: on the change from 0 the device latches the ring and starts with head 0.</summary>
    RxEnable = 1 << 1,
}
