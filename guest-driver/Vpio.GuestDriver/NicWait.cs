using Vpio.Abi.Ownership;

namespace Vpio.GuestDriver;

/// <summary>Waits for the network device: a few looks first, then asleep until its interrupt or a stop request.</summary>
internal static class NicWait
{
    private const int SpinsBetweenLooks = 8;

    /// <summary>Waits.</summary>
    /// <typeparam name="TProgress">What for.</typeparam>
    /// <param name="lease">The lease.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="progress">What for.</param>
    /// <returns><see langword="true"/> when it is reached; <see langword="false"/> when the guest must stop, or the time was over.</returns>
    /// <remarks>
    /// Ordering: the signal is noted, then the interrupt armed, then the ring and the state word looked at, then the sleep: an
    /// interrupt or a revocation after any of these moves the signal on.
    /// </remarks>
    [Polls]
    internal static bool Until<TProgress>([RequiresHeld] in DeviceLease lease, TimeSpan timeout, TProgress progress)
        where TProgress : struct, INicProgress
    {
        WaitLimit limit = new(timeout);
        if (IsReachedSoon(in lease, progress))
            return true;

        GuestDevice device = progress.Half.Device;
        while (!lease.StopRequested)
        {
            // Noted before arming: a device that clears an older interrupt may wipe the new arming out with it, and its upcall,
            // raised after, then moves the signal on and lets this arm again.
            uint seen = device.Signal.Sequence;
            progress.Half.Arm(in lease);
            if (progress.IsReached(in lease))
                return true;
            progress.Half.ThrowIfFaulted(in lease);
            if (lease.StopRequested)
                break;
            if (!device.Await(seen, limit))
                return progress.IsReached(in lease);
        }

        return progress.IsReached(in lease);
    }

    private static bool IsReachedSoon<TProgress>(in DeviceLease lease, TProgress progress)
        where TProgress : struct, INicProgress
    {
        Moment moment = default;
        while (!progress.IsReached(in lease))
        {
            if (lease.StopRequested || !moment.Lasts(SpinsBetweenLooks))
                return false;
        }

        return true;
    }
}
