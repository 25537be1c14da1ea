namespace Vpio.GuestDriver;

/// <summary>Is what a thread blocks for until an upcall ends it.</summary>
internal interface IUpcallWait
{
    /// <summary>Gets whether it has come.</summary>
    bool IsOver { get; }

    /// <summary>Gets whether it is likely to come sooner than a sleep takes to end.</summary>
    bool IsNear { get; }

    /// <summary>Gets what ends it, if no upcall does: told apart from what others wait for, who are left to sleep.</summary>
    object Source { get; }

    /// <summary>Sleeps beside the thread that has the watch: until this is over, that thread leaves, or the time is over. It may end for no reason.</summary>
    /// <param name="watch">Whose watch it is.</param>
    /// <param name="limit">How long at most.</param>
    void SleepBeside(UpcallWatch watch, WaitLimit limit);
}
