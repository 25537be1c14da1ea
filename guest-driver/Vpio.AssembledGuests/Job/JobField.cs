using Iced.Intel;
using Vpio.Jobs;
using static Iced.Intel.AssemblerRegisters;

namespace Vpio.AssembledGuests.Job;

/// <summary>Names the words of the job as operands.</summary>
internal static class JobField
{
    /// <summary>Gets what shows that a job stands there.</summary>
    public static AssemblerMemoryOperand Magic => Qword(JobLayout.Magic);

    /// <summary>Gets the version of the layout.</summary>
    public static AssemblerMemoryOperand Version => Dword(JobLayout.Version);

    /// <summary>Gets the flags.</summary>
    public static AssemblerMemoryOperand Flags => Dword(JobLayout.Flags);

    /// <summary>Gets the device to share.</summary>
    public static AssemblerMemoryOperand Device => Dword(JobLayout.Device);

    /// <summary>Gets how many frames a second may be sent; 0: as many as go.</summary>
    public static AssemblerMemoryOperand Rate => Dword(JobLayout.Rate);

    /// <summary>Gets the first four bytes of the guest's address.</summary>
    public static AssemblerMemoryOperand MacFirst => Dword(JobLayout.Mac);

    /// <summary>Gets the last two bytes of the guest's address.</summary>
    public static AssemblerMemoryOperand MacLast => __word_ptr[Kept.TheJob + (JobLayout.Mac + sizeof(uint))];

    /// <summary>Gets how many frames there are.</summary>
    public static AssemblerMemoryOperand FrameCount => Dword(JobLayout.FrameCount);

    /// <summary>Gets how many destinations there are.</summary>
    public static AssemblerMemoryOperand DestinationCount => Dword(JobLayout.DestinationCount);

    /// <summary>Gets which destination comes first.</summary>
    public static AssemblerMemoryOperand FirstDestination => Dword(JobLayout.FirstDestination);

    /// <summary>Gets how many records a ring of reports holds.</summary>
    public static AssemblerMemoryOperand ReportCount => Dword(JobLayout.ReportCount);

    /// <summary>Gets where the table of frames begins.</summary>
    public static AssemblerMemoryOperand FrameTable => Qword(JobLayout.FrameTable);

    /// <summary>Gets where the table of destinations begins.</summary>
    public static AssemblerMemoryOperand DestinationTable => Qword(JobLayout.DestinationTable);

    /// <summary>Gets how far the run is.</summary>
    public static AssemblerMemoryOperand Phase => Dword(JobLayout.Phase);

    /// <summary>Gets how many frames the NIC has accepted for the guest.</summary>
    public static AssemblerMemoryOperand FramesDue => Qword(JobLayout.FramesDue);

    /// <summary>Gets where the program says what it is doing.</summary>
    public static AssemblerMemoryOperand Activity => Dword(JobLayout.Activity);

    /// <summary>Gets where the program says that nothing more will be sent.</summary>
    public static AssemblerMemoryOperand HasSentAll => Dword(JobLayout.HasSentAll);

    /// <summary>Gets where the program says in which generation it owns the device.</summary>
    public static AssemblerMemoryOperand Generation => Qword(JobLayout.Generation);

    /// <summary>Gets where the program says how long it took to release.</summary>
    public static AssemblerMemoryOperand LastReleaseNs => Qword(JobLayout.LastReleaseNs);

    /// <summary>Gets where the program counts the frames that were lost with the device.</summary>
    public static AssemblerMemoryOperand Discarded => Qword(JobLayout.Discarded);

    /// <summary>Gets where the program says why it failed.</summary>
    public static AssemblerMemoryOperand Failure => __[Kept.TheJob + JobLayout.Failure];

    /// <summary>Finds a word of 32 bits.</summary>
    public static AssemblerMemoryOperand Dword(int at) => __dword_ptr[Kept.TheJob + at];

    /// <summary>Finds a word of 64 bits.</summary>
    public static AssemblerMemoryOperand Qword(int at) => __qword_ptr[Kept.TheJob + at];
}
