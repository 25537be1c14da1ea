namespace Vpio.Hypervisor.Captures;

/// <summary>Names the fractions of a second that a classic file may count.</summary>
public enum TimestampUnit
{
    /// <summary>Nanoseconds: nothing is lost. Read by every libpcap since 1.5 and by Wireshark.</summary>
    Nanoseconds,

    /// <summary>Microseconds: for readers that know nothing newer. The rest is cut off.</summary>
    Microseconds,
}
