namespace Vpio.Abi.Tests.Layout;

/// <summary>
/// Is the layout of every shared structure, written by hand from the specification and never from the code. A line is an
/// offset, a type and a name. A number that changes here is a new version of the ABI: read "Versions" in docs/abi.md first.
/// </summary>
internal static class LayoutTable
{
    public static readonly StructLayout[] Shared =
    [
        new("DevicePage", 4096, """
            0 DevicePageHeader Header
            64 DeviceSlot[63] _slots
            """),
        new("DevicePageHeader", 64, """
            0 u32 Magic
            4 u16 Major
            6 u16 Minor
            8 u64 Features
            16 u32 PageSizeBytes
            20 u32 SlotSizeBytes
            24 u32 SlotCount
            28 u32 DeviceCount
            32 u64 Epoch
            40 u64 Reserved0
            48 u64 Reserved1
            56 u64 Reserved2
            """),
        new("DeviceSlot", 64, """
            0 u64 State
            8 u64 SliceEndNs
            16 u64 GraceEndNs
            24 u32 Waiters
            28 u32 DeviceClass
            32 u64 Grants
            40 u64 ForcedStops
            48 u64 Revocations
            56 u64 Reserved
            """),
        new("GuestPage", 4096, """
            0 GuestPageHeader Header
            64 u8 UpcallPending
            65 u8 UpcallMask
            66 u16 Reserved0
            68 u32 NotifySequence
            72 u64 PendingSelector
            80 u64 TscBase
            88 u64 NsBase
            96 u32 TscMul
            100 u32 TscShift
            104 u64 Reserved1
            112 u64 Reserved2
            120 u64 Reserved3
            128 u32[64] _events
            384 u64[464] _reserved
            """),
        new("GuestPageHeader", 64, """
            0 u32 Magic
            4 u16 Major
            6 u16 Minor
            8 u16 DomainId
            10 u16 Reserved0
            12 u32 Reserved1
            16 u64 Epoch
            24 u64 Reserved2
            32 u64 Reserved3
            40 u64 Reserved4
            48 u64 Reserved5
            56 u64 Reserved6
            """),
        new("NicDescriptor", 16, """
            0 u64 Iova
            8 u32 LengthBytes
            12 u32 Flags
            """),
        new("DeviceOpArgument", 128, """
            0 u64 Input0
            8 u64 Input1
            16 u64 Input2
            24 u64 Input3
            32 u64[12] Output
            """),
        new("CallSlot", 192, """
            0 u32 Turn
            4 u32 Cmd
            8 u64 Result
            16 u32 HypervisorAsleep
            20 u32 GuestAsleep
            24 u64[5] _reserved
            64 DeviceOpArgument Argument
            """),
        new("CallArea", 4096, """
            0 u32 Magic
            4 u16 Major
            6 u16 Minor
            8 u32 Slots
            12 u32 SlotSizeBytes
            16 u64[6] _reserved0
            64 u32[64] _windowVersions
            320 u64[88] _reserved1
            1024 CallSlot[16] _calls
            """),
        new("ControlMessage", 32, """
            0 u32 Kind
            4 u32 Index
            8 u64 LengthBytes
            16 u64 ApplicationBytes
            24 u64 Reserved0
            """),
        new("MachineImage", 64, """
            0 u32 Magic
            4 u16 Major
            6 u16 Minor
            8 u32 ImageBytes
            12 u32 MemoryBytes
            16 u64 Entry
            24 u64 StackTop
            32 u64 UpcallHandler
            40 u64[3] _reserved
            """),
        new("MachineInfo", 128, """
            0 u32 Magic
            4 u16 Major
            6 u16 Minor
            8 u64 DevicePage
            16 u64 GuestPage
            24 u64 CallArea
            32 u64 Memory
            40 u64 MemoryBytes
            48 u64 Application
            56 u64 ApplicationBytes
            64 u64 Windows
            72 u64 WindowStrideBytes
            80 u64[6] _reserved
            """),
        new("NegotiateArgs", 128, """
            0 u16 Major
            2 u16 Minor
            4 u32 Reserved0
            8 u64 Features
            16 u64 Reserved1
            24 u64 Reserved2
            32 u16 AgreedMajor
            34 u16 AgreedMinor
            36 u16 DomainId
            38 u16 Reserved3
            40 u32 Devices
            44 u32 Reserved4
            48 u64 AgreedFeatures
            56 u64 Epoch
            64 u64 Reserved5
            72 u64 Reserved6
            80 u64 Reserved7
            88 u64 Reserved8
            96 u64 Reserved9
            104 u64 Reserved10
            112 u64 Reserved11
            120 u64 Reserved12
            """),
        new("GetStateArgs", 128, """
            0 u32 Device
            4 u32 Reserved0
            8 u64 Reserved1
            16 u64 Reserved2
            24 u64 Reserved3
            32 u64 State
            40 u64 SliceEndNs
            48 u32 Waiters
            52 u32 Reserved4
            56 u64 Reserved5
            64 u64 Reserved6
            72 u64 Reserved7
            80 u64 Reserved8
            88 u64 Reserved9
            96 u64 Reserved10
            104 u64 Reserved11
            112 u64 Reserved12
            120 u64 Reserved13
            """),
        new("GrabArgs", 128, """
            0 u32 Device
            4 u32 Flags
            8 u64 Reserved0
            16 u64 Reserved1
            24 u64 Reserved2
            32 u64 Generation
            40 u64 SliceEndNs
            48 u32 Ahead
            52 u32 Reserved3
            56 u64 Reserved4
            64 u64 Reserved5
            72 u64 Reserved6
            80 u64 Reserved7
            88 u64 Reserved8
            96 u64 Reserved9
            104 u64 Reserved10
            112 u64 Reserved11
            120 u64 Reserved12
            """),
        new("ReleaseArgs", 128, """
            0 u32 Device
            4 u32 Reserved0
            8 u64 Generation
            16 u64 Reserved1
            24 u64 Reserved2
            32 u64[12] _reserved
            """),
        new("CancelArgs", 128, """
            0 u32 Device
            4 u32 Reserved0
            8 u64 Reserved1
            16 u64 Reserved2
            24 u64 Reserved3
            32 u64[12] _reserved
            """),
        new("QueryArgs", 128, """
            0 u32 Device
            4 u32 Reserved0
            8 u64 Reserved1
            16 u64 Reserved2
            24 u64 Reserved3
            32 u32 Class
            36 u32 WindowBytes
            40 u64 SliceNs
            48 u64 GraceNs
            56 u32 Weight
            60 u32 Reserved4
            64 u64 MacAddress
            72 u64 Grants
            80 u64 Revocations
            88 u64 ForcedStops
            96 u64 OwnedNs
            104 u64 WaitedNs
            112 u64 RxParked
            120 u64 RxDropped
            """),
        new("MapArgs", 128, """
            0 u64 Iova
            8 u64 Address
            16 u64 Length
            24 u32 Access
            28 u32 Reserved0
            32 u64[12] _reserved
            """),
        new("UnmapArgs", 128, """
            0 u64 Iova
            8 u64 Length
            16 u64 Reserved0
            24 u64 Reserved1
            32 u64[12] _reserved
            """),
        new("WaitArgs", 128, """
            0 u64 TimeoutNs
            8 u64 Reserved0
            16 u64 Reserved1
            24 u64 Reserved2
            32 u64[12] _reserved
            """),
    ];

    /// <summary>Names the public structs that are words with a type, or views: they cross no border as they stand.</summary>
    public static readonly string[] NotSharedMemory =
        ["StateWord", "DomainId", "Generation", "DeviceIndex", "Iova", "MacAddress", "GuestMemory", "RegisterWindow", "CounterConversion"];

    public static int SizeOf(string type) => type switch
    {
        "u8" => 1,
        "u16" => 2,
        "u32" => 4,
        "u64" => 8,
        _ => Shared.Single(layout => layout.Name == type).SizeBytes,
    };

    public static int AlignmentOf(string type) =>
        type is "u8" or "u16" or "u32" or "u64"
            ? SizeOf(type)
            : Shared.Single(layout => layout.Name == type).Fields.Max(field => AlignmentOf(field.Type));
}
