using System.Runtime.InteropServices;
using Vpio.Abi.Layout;

namespace Vpio.Abi.Processes;

/// <summary>Is a message on the socket between the hypervisor and a guest in a process of its own: what is asked for, and the answer, with descriptors beside it.</summary>
/// <remarks>
/// The socket is of the kind SOCK_SEQPACKET: a message is sent and received whole. Requests come from the guest; answers have the kind of their request and come in the order of the requests.
/// Source: <c>docs/guests.md</c>, "Control socket".
/// </remarks>
[AbiStruct, StructLayout(LayoutKind.Explicit, Size = Size)]
public struct ControlMessage
{
    /// <summary>The size of a message, bytes.</summary>
    public const int Size = 32;

    /// <summary>The descriptor of the socket in the guest's process, from its start on.</summary>
    public const int Descriptor = 3;

    /// <summary>[GST] and [HV]: what it is, a <see cref="ControlKind"/>.</summary>
    /// <remarks>Unit: number. Ordering: the socket's. Source: docs/guests.md, "Control socket".</remarks>
    [FieldOffset(0)]
    public uint Kind;

    /// <summary>[GST] and [HV]: which device or which call slot.</summary>
    /// <remarks>Unit: index. Ordering: the socket's. Source: docs/guests.md, "Control socket".</remarks>
    [FieldOffset(4)]
    public uint Index;

    /// <summary>[HV] How long what came with it is, bytes: the guest's memory, or a window; 0: there is none.</summary>
    /// <remarks>Unit: bytes. Ordering: the socket's. Source: docs/guests.md, "Control socket".</remarks>
    [FieldOffset(8)]
    public ulong LengthBytes;

    /// <summary>[HV] How long the application memory is that follows the guest's memory in the same file, bytes.</summary>
    /// <remarks>Unit: bytes. Ordering: the socket's. Source: docs/guests.md, "Control socket".</remarks>
    [FieldOffset(16)]
    public ulong ApplicationBytes;

    /// <summary>[GST] and [HV]: Reserved, zero.</summary>
    [FieldOffset(24)]
    public ulong Reserved0;
}
