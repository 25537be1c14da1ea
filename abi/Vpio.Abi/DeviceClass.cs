using Vpio.Abi.Layout;

namespace Vpio.Abi;

/// <summary>Names what kind of device stands behind a slot, and so whose register file its window shows.</summary>
[AbiNumbers]
[CName("VPIO_CLASS")]
public enum DeviceClass : uint
{
    /// <summary>No device.</summary>
    None = 0,

    /// <summary>The network device of <c>docs/nic.md</c>.</summary>
    Network = 1,
}
