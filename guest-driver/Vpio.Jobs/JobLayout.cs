namespace Vpio.Jobs;

/// <summary>Says where everything stands in the memory through which domain 0 gives a guest its job and the guest reports on it.</summary>
/// <remarks>All values are little-endian; all offsets are bytes from the start of the application memory. Source: <c>docs/guest-programs.md</c>.</remarks>
public static class JobLayout
{
    /// <summary>What the first eight bytes say: <c>VPIOJOB1</c>.</summary>
    public const ulong MagicValue = 0x31_42_4F_4A_4F_49_50_56;

    /// <summary>The version of the layout.</summary>
    public const uint VersionValue = 1;

    /// <summary>The index of a device that there is not.</summary>
    public const uint NoDevice = 0xFFFF_FFFF;

    /// <summary>The most bytes of the sentence in which a guest says why it failed.</summary>
    public const int FailureBytes = 512;

    /// <summary>How many records each ring of reports holds, a power of two: more than a NIC keeps for a guest, so that who drains it once in 10 ms is in time.</summary>
    public const uint ReportEntries = 4096;

    /// <summary>How long a record of a ring of reports is.</summary>
    public const int ReportBytes = 8;

    /// <summary>How long an entry of the table of frames is: u64 offset, u32 length, u32 zero.</summary>
    public const int FrameEntryBytes = 16;

    /// <summary>How long an entry of the table of destinations is: a MAC address in memory order, and two bytes of zero.</summary>
    public const int DestinationBytes = 8;

    // Domain 0 writes the following before the guest begins, and never again.

    /// <summary>Where the magic number stands.</summary>
    public const int Magic = 0;

    /// <summary>Where the version stands.</summary>
    public const int Version = 8;

    /// <summary>Where the flags stand.</summary>
    public const int Flags = 12;

    /// <summary>Where the index of the device to share stands.</summary>
    public const int Device = 16;

    /// <summary>Where the index of the device to practise on stands, or <see cref="NoDevice"/>.</summary>
    public const int PracticeDevice = 20;

    /// <summary>Where it is said how many frames each ring of the driver should hold.</summary>
    public const int RingEntries = 24;

    /// <summary>Where the rate stands, frames a second; 0: as many as go.</summary>
    public const int Rate = 28;

    /// <summary>Where the guest's address stands.</summary>
    public const int Mac = 32;

    /// <summary>Where it is said how many frames the table has.</summary>
    public const int FrameCount = 40;

    /// <summary>Where it is said how many destinations there are.</summary>
    public const int DestinationCount = 44;

    /// <summary>Where it is said which destination comes first.</summary>
    public const int FirstDestination = 48;

    /// <summary>Where it is said how many records each ring of reports holds.</summary>
    public const int ReportCount = 52;

    /// <summary>Where it is said where the table of frames begins.</summary>
    public const int FrameTable = 56;

    /// <summary>Where it is said where the table of destinations begins.</summary>
    public const int DestinationTable = 64;

    /// <summary>Where it is said where the ring of reports on submitted frames begins.</summary>
    public const int SubmittedRing = 72;

    /// <summary>Where it is said where the ring of reports on received frames begins.</summary>
    public const int ReceivedRing = 80;

    // Domain 0 writes these while the guest runs.

    /// <summary>Where the phase stands.</summary>
    public const int Phase = 128;

    /// <summary>Where it is said how many frames the NIC has accepted for the guest.</summary>
    public const int FramesDue = 136;

    /// <summary>Where domain 0 counts the records that it read on submitted frames.</summary>
    public const int SubmittedHead = 192;

    /// <summary>Where domain 0 counts the records that it read on received frames.</summary>
    public const int ReceivedHead = 256;

    // The guest writes these.

    /// <summary>Where the guest says what it is doing.</summary>
    public const int Activity = 1024;

    /// <summary>Where the guest says that nothing more will be sent.</summary>
    public const int HasSentAll = 1028;

    /// <summary>Where the guest says in which generation it owned the device last.</summary>
    public const int Generation = 1032;

    /// <summary>Where the guest says how long it took to release when asked, nanoseconds.</summary>
    public const int LastReleaseNs = 1040;

    /// <summary>Where the guest counts the records that it wrote on submitted frames.</summary>
    public const int SubmittedTail = 1088;

    /// <summary>Where the guest counts the submitted frames that were lost with the device.</summary>
    public const int Discarded = 1096;

    /// <summary>Where the guest counts the records that it wrote on received frames.</summary>
    public const int ReceivedTail = 1152;

    /// <summary>Where the guest says why it failed.</summary>
    public const int Failure = 1536;

    /// <summary>Where the rings of reports begin; the tables follow them, and then the frames.</summary>
    public const long FirstRing = 4096;

    /// <summary>Flag: the frames are sent over and over, with addresses of this run, rather than once and unchanged.</summary>
    public const uint Repeats = 1 << 0;

    /// <summary>Flag: the guest is a hog.</summary>
    public const uint Hog = 1 << 1;

    /// <summary>Flag: the wire can bring the guest frames.</summary>
    public const uint Receives = 1 << 2;
}
