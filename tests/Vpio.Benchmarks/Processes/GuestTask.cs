namespace Vpio.Benchmarks.Processes;

/// <summary>Numbers what the guest's process of a benchmark is asked to do.</summary>
internal enum GuestTask : uint
{
    /// <summary>Nothing yet.</summary>
    None,

    /// <summary>Make hypercalls, and tell how long they took.</summary>
    Call,

    /// <summary>Poll for upcalls in the guest page.</summary>
    PollPending,

    /// <summary>Sleep for upcalls by DEVOP_wait.</summary>
    SleepPending,

    /// <summary>Poll a bare word.</summary>
    PollWord,

    /// <summary>Sleep on a bare word by futex.</summary>
    SleepWord,

    /// <summary>End.</summary>
    End,
}
