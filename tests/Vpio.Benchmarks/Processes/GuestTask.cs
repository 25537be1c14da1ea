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

    /// <summary>Sleep for the counter of an event descriptor; in the hypervisor's process alone.</summary>
    SleepEventfd,

    /// <summary>Ask by a bare word and await the answer in another, as spin-then-futex has it.</summary>
    Ask,

    /// <summary>End.</summary>
    End,
}
