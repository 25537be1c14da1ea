namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Says what happens around the shared words: what the protocol's effects do, and what actors tell of themselves to be judged by.</summary>
internal enum Happening
{
    /// <summary>A guest is about to be put among the waiters.</summary>
    Joining,

    /// <summary>An ownership was granted; the word.</summary>
    Granted,

    /// <summary>An ownership was granted to one who waited; the word.</summary>
    GrantedInTurn,

    /// <summary>An ownership was booked as ended; the word that ended.</summary>
    Ended,

    /// <summary>The word was replaced by who is alone with the device; the new word.</summary>
    Published,

    /// <summary>Somebody let others run before it looked at the word again.</summary>
    Paused,

    /// <summary>Another was quicker to replace FREE.</summary>
    Overtaken,

    /// <summary>Whoever quiesced the device believes that it is quiet.</summary>
    Quiesced,

    /// <summary>The device was reset; the guest whose context is thrown away.</summary>
    ContextReset,

    /// <summary>The context was switched; from whom, and above 16 bits to whom.</summary>
    Switched,

    /// <summary>A guest gets GRANTED.</summary>
    Told,

    /// <summary>A guest gets REMOVED.</summary>
    Removed,

    /// <summary>A guest's sleeps are ended by a stop.</summary>
    Woken,

    /// <summary>A guest begins a grab.</summary>
    GrabBegins,

    /// <summary>A grab has told a guest that it waits.</summary>
    WaitBegan,

    /// <summary>A cancel has told a guest that it left.</summary>
    CancelLeft,

    /// <summary>Everything was taken from a guest: its stop is over.</summary>
    Stripped,

    /// <summary>The slice of an ownership starts, if it is not over; the word.</summary>
    StartSlice,

    /// <summary>A slice that ended with nobody waiting is forgotten; the word.</summary>
    ForgetSlice,

    /// <summary>The grace of a revoked ownership starts, if it is not over; the word.</summary>
    StartGrace,

    /// <summary>The timer waits for something to time, and gets the word.</summary>
    AwaitTimed,

    /// <summary>A guest sleeps until an upcall or a stop wakes it; the guest.</summary>
    AwaitUpcall,

    /// <summary>The device begins a batch; the word that it saw.</summary>
    BatchBegins,

    /// <summary>The device reads and writes the memory of the guest that it serves; the word that it saw.</summary>
    BatchWorks,

    /// <summary>A call of a guest touches what a stop takes away; the guest.</summary>
    CallTouches,
}
