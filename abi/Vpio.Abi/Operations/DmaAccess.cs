using Vpio.Abi.Layout;

namespace Vpio.Abi.Operations;

/// <summary>Says what a device may do in a range of guest memory, the bits of <see cref="MapArgs.Access"/>.</summary>
[Flags, AbiNumbers]
[CName("VPIO_DMA")]
public enum DmaAccess : uint
{
    /// <summary>Nothing: no valid mapping has it.</summary>
    None = 0,

    /// <summary>The device reads (transmit rings and buffers).</summary>
    Read = 1 << 0,

    /// <summary>The device writes (receive buffers, completed descriptors).</summary>
    Write = 1 << 1,

    /// <summary>Both.</summary>
    ReadWrite = Read | Write,
}
