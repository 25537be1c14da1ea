namespace Vpio.Tool.Jobs;

/// <summary>Says where everything stands in the memory through which domain 0 gives a guest its job and the guest reports on it.</summary>
/// <remarks>All values are little-endian; all offsets are bytes from the start of the application memory. Source: <c>docs/guest-programs.md</c>.</remarks>
internal static class JobLayout
{
    /// <summary>What the first eight bytes say: <c>VPIOJOB1</c>.</summary>
    internal const ulong MagicValue = 0x31_42_4F_4A_4F_49_50_56;

    /// <summary>The version of the layout.</summary>
    internal const uint VersionValue = 1;

    /// <summary>The index of a device that there is not.</summary>
    internal const uint NoDevice = 0xFFFF_FFFF;

    /// <summary>The most bytes of the sentence in which a guest says why it failed.</summary>
    internal const int FailureBytes = 512;

    /// <summary>How many records each ring of reports holds, a power of two: more than a NIC keeps for a guest, so that who drains it once in 10 ms is in time.</summary>
    internal const uint ReportEntries = 4096;

    /// <summary>How long a record of a ring of reports is.</summary>
    internal const int ReportBytes = 8;

    /// <summary>How long an entry of the table of frames is: u64 offset, u32 length, u32 zero.</summary>
    internal const int FrameEntryBytes = 16;

    /// <summary>How long an entry of the table of destinations is: a MAC address in memory order, and two bytes of zero.</summary>
    internal const int DestinationBytes = 8;

    // Domain 0 writes the following before the guest begins, and never again.
    internal const int Magic = 0;
    internal const int Version = 8;
    internal const int Flags = 12;
    internal const int Device = 16;
    internal const int PracticeDevice = 20;
    internal const int RingEntries = 24;
    internal const int Rate = 28;
    internal const int Mac = 32;
    internal const int FrameCount = 40;
    internal const int DestinationCount = 44;
    internal const int FirstDestination = 48;
    internal const int ReportCount = 52;
    internal const int FrameTable = 56;
    internal const int DestinationTable = 64;
    internal const int SubmittedRing = 72;
    internal const int ReceivedRing = 80;

    // Domain 0 writes these while the guest runs.
    internal const int Phase = 128;
    internal const int FramesDue = 136;
    internal const int SubmittedHead = 192;
    internal const int ReceivedHead = 256;

    // The guest writes these.
    internal const int Activity = 1024;
    internal const int HasSentAll = 1028;
    internal const int Generation = 1032;
    internal const int LastReleaseNs = 1040;
    internal const int SubmittedTail = 1088;
    internal const int Discarded = 1096;
    internal const int ReceivedTail = 1152;
    internal const int Failure = 1536;

    /// <summary>Where the rings of reports begin; the tables follow them, and then the frames.</summary>
    internal const long FirstRing = 4096;

    /// <summary>Flag: the frames are sent over and over, with addresses of this run, rather than once and unchanged.</summary>
    internal const uint Repeats = 1 << 0;

    /// <summary>Flag: the guest is a hog.</summary>
    internal const uint Hog = 1 << 1;

    /// <summary>Flag: the wire can bring the guest frames.</summary>
    internal const uint Receives = 1 << 2;
}
