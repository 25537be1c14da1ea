using Vpio.Abi;

namespace Vpio.Simulation.Checking;

/// <summary>Is what is known of one guest at one device.</summary>
internal sealed class GuestRecord
{
    /// <summary>A time that is not.</summary>
    public const long Never = -1;

    /// <summary>Gets or sets the highest weight it had so far; 0: the device was never assigned to it.</summary>
    public long Weight { get; set; }

    /// <summary>Gets or sets whether it has asked, and neither got the device nor an answer that ends its wait.</summary>
    public bool Waits { get; set; }

    /// <summary>Gets or sets when it asked.</summary>
    public long AskedAtNs { get; set; }

    /// <summary>Gets or sets how many grants there had been when it asked.</summary>
    public long AskedAtGrant { get; set; }

    /// <summary>Gets or sets whether something arrived for it since its last grant.</summary>
    public bool IsPreferred { get; set; }

    /// <summary>Gets or sets the number of its last grant in turn; <see cref="Never"/> before the first.</summary>
    public long LastGrant { get; set; } = Never;

    /// <summary>Gets or sets whether the release that it is about to make names its ownership.</summary>
    public bool MayRelease { get; set; }

    /// <summary>Gets or sets what its page must say at the end of the step.</summary>
    public DeviceEvents Expects { get; set; }

    /// <summary>Gets or sets the one that began to wait before it and waits still.</summary>
    public GuestRecord? Before { get; set; }

    /// <summary>Gets or sets the one that began to wait after it and waits still.</summary>
    public GuestRecord? After { get; set; }
}
