using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Names what kind of device stands behind a slot, and so whose register file its window shows.</summary>
[AbiNumbers]
[ReservedNumbers(0x8000_0000, 0xFFFF_FFFF, "they are for devices of one's own")]
[CName("VPIO_CLASS")]
public enum DeviceClass : uint
{
    /// <summary>No device.</summary>
    None = 0,

    /// <summary>The network device of <c>docs/nic.md</c>.</summary>
    Network = 1,
}
