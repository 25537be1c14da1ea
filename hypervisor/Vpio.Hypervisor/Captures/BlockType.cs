namespace Vpio.Hypervisor.Captures;

/// <summary>Names the pcapng blocks that are read; every other block is passed over, as the format asks.</summary>
internal static class BlockType
{
    /// <summary>Opens a section and states its byte order.</summary>
    internal const uint SectionHeader = 0x0A0D0D0A;

    /// <summary>Describes one interface.</summary>
    internal const uint InterfaceDescription = 1;

    /// <summary>Carries a frame; obsolete, and still found in old files.</summary>
    internal const uint Packet = 2;

    /// <summary>Carries a frame of the section's first interface, without a time.</summary>
    internal const uint SimplePacket = 3;

    /// <summary>Carries a frame.</summary>
    internal const uint EnhancedPacket = 6;

    /// <summary>Tells whether the body of a block is needed.</summary>
    internal static bool IsRead(uint type) => type is SectionHeader or InterfaceDescription or Packet or SimplePacket or EnhancedPacket;
}
