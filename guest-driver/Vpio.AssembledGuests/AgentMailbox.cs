namespace Vpio.AssembledGuests;

/// <summary>Says where everything stands in the mailbox of a guest agent, from the start of the guest's application memory on. Offsets are bytes; values are little-endian.</summary>
/// <remarks>
/// Domain 0 writes an operation and then adds 1 to the turn, which is odd now. The agent carries it out in its guest, writes what came of it, and adds 1 again.
/// Source: <c>docs/guest-programs.md</c>, "The guest agent".
/// </remarks>
public static class AgentMailbox
{
    /// <summary>The value at <see cref="Magic"/>: the bytes "VPIOAGT1".</summary>
    public const ulong MagicValue = 0x3154_4741_4F49_5056;

    /// <summary>How long the mailbox is, bytes.</summary>
    public const int Size = 256;

    /// <summary>u64, domain 0: <see cref="MagicValue"/>, written last.</summary>
    public const int Magic = 0;

    /// <summary>u32: whose turn it is; odd: the agent's. The agent's first is even, once it has come up: it adds 2.</summary>
    public const int Turn = 8;

    /// <summary>u32, domain 0: an <see cref="AgentOperation"/>.</summary>
    public const int Operation = 12;

    /// <summary>u64, domain 0: what is loaded or stored.</summary>
    public const int Address = 16;

    /// <summary>u64: the value loaded, or to be stored; the device to be kicked; the exit code.</summary>
    public const int Value = 24;

    /// <summary>u64, the agent: the result of a hypercall.</summary>
    public const int Result = 32;

    /// <summary>u32, domain 0: how many bytes are loaded or stored, 1, 2, 4 or 8; the number of the operation of a hypercall.</summary>
    public const int Width = 40;

    /// <summary>u64, the agent, before it has come up: the address of the device page; those of guest page, guest memory and the window of device 0 follow.</summary>
    public const int Places = 64;

    /// <summary>Which of <see cref="Places"/> is the window of device 0; it is the last.</summary>
    public const int WindowsPlace = 3;

    /// <summary>u64, the agent, before it has come up: the bytes from each window to the next.</summary>
    public const int Stride = Places + ((WindowsPlace + 1) * sizeof(ulong));

    /// <summary>128 bytes: the argument of a hypercall.</summary>
    public const int Argument = 128;
}
