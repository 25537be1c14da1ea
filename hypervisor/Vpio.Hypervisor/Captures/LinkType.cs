namespace Vpio.Hypervisor.Captures;

/// <summary>Names the link types a capture is likely to carry.</summary>
/// <remarks>Source: the LINKTYPE_ list of tcpdump.org. The field has 16 bits and the list grows, so an unnamed value is no error.</remarks>
public static class LinkType
{
    /// <summary>BSD loopback: a four-byte family in the byte order of the capturing host, then the packet.</summary>
    public const ushort Null = 0;

    /// <summary>Ethernet, from the destination address on, without preamble.</summary>
    public const ushort Ethernet = 1;

    /// <summary>Point-to-point protocol.</summary>
    public const ushort Ppp = 9;

    /// <summary>Raw IP: an IPv4 or IPv6 header comes first.</summary>
    public const ushort RawIp = 101;

    /// <summary>IEEE 802.11 without a radio header.</summary>
    public const ushort Ieee80211 = 105;

    /// <summary>OpenBSD loopback: a four-byte family in network byte order, then the packet.</summary>
    public const ushort Loop = 108;

    /// <summary>Linux cooked capture, version 1: what tcpdump writes for the interface "any".</summary>
    public const ushort LinuxCooked = 113;

    /// <summary>IEEE 802.11 behind a radiotap header.</summary>
    public const ushort Ieee80211Radiotap = 127;

    /// <summary>USB packets behind a padded Linux header.</summary>
    public const ushort UsbLinuxPadded = 220;

    /// <summary>Raw IPv4.</summary>
    public const ushort Ipv4 = 228;

    /// <summary>Raw IPv6.</summary>
    public const ushort Ipv6 = 229;

    /// <summary>Linux cooked capture, version 2.</summary>
    public const ushort LinuxCooked2 = 276;

    /// <summary>Names a link type for a message, number included.</summary>
    /// <param name="linkType">The value from the file, named here or not.</param>
    /// <returns>For example <c>Ethernet (1)</c>, or <c>link type 4711</c> for a value without a name here.</returns>
    public static string Describe(ushort linkType) =>
        NameOf(linkType) is { } name ? $"{name} ({linkType})" : $"link type {linkType}";

    private static string? NameOf(ushort linkType) => linkType switch
    {
        Null => "BSD loopback",
        Ethernet => "Ethernet",
        Ppp => "PPP",
        RawIp => "raw IP",
        Ieee80211 => "IEEE 802.11",
        Loop => "OpenBSD loopback",
        LinuxCooked => "Linux cooked",
        Ieee80211Radiotap => "IEEE 802.11 with radiotap",
        UsbLinuxPadded => "USB with Linux header",
        Ipv4 => "raw IPv4",
        Ipv6 => "raw IPv6",
        LinuxCooked2 => "Linux cooked v2",
        _ => null,
    };
}
