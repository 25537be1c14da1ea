namespace Vpio.GuestDriver.Processes;

/// <summary>Touches the words of a guest page by which a guest sleeps without a call. Each member is one access and a full fence, or one call of the system.</summary>
/// <remarks>A parameter of <see cref="UpcallSleep"/>, so that a test can step between any two accesses of the very code that ships.</remarks>
internal interface ISleepWords
{
    /// <summary>Clears the mask.</summary>
    /// <returns>Whether it was set before.</returns>
    bool ClearMask();

    /// <summary>Looks at pending.</summary>
    /// <returns>Whether it is set.</returns>
    bool IsPending();

    /// <summary>Looks at notify_seq.</summary>
    /// <returns>The number.</returns>
    uint LoadSequence();

    /// <summary>Looks whether the hypervisor has ended.</summary>
    /// <returns>Whether it has.</returns>
    bool HasEnded();

    /// <summary>Sleeps while notify_seq is what was seen and the hypervisor has not ended, or less.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="untilNs">How long at most, nanoseconds of the monotonic clock; <see langword="null"/>: for ever.</param>
    void Sleep(uint seen, long? untilNs);

    /// <summary>Wakes all who sleep on notify_seq.</summary>
    void WakeAll();
}
