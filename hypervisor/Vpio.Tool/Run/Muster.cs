using System.Diagnostics;

namespace Vpio.Tool.Run;

/// <summary>Brings the guests of a run up, until each is ready to begin.</summary>
/// <param name="guests">The guests.</param>
/// <param name="interruption">What may end it early.</param>
internal sealed class Muster(IReadOnlyList<RunGuest> guests, Interruption interruption)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // A process compiles as it comes up. As many at once as there are processors: more would only take turns.
    private static readonly int AtOnce = Math.Max(2, Environment.ProcessorCount);

    private readonly Queue<RunGuest> _waiting = new(guests.Where(guest => guest.Kind != GuestKind.InProcess));
    private readonly List<RunGuest> _comingUp = [];

    /// <summary>Starts them all, and waits until each is ready, has ended, or a signal came.</summary>
    /// <exception cref="UsageException">A program cannot be started, ended before it was ready, or does not become ready.</exception>
    internal void Assemble()
    {
        foreach (RunGuest guest in guests.Where(guest => guest.Kind == GuestKind.InProcess))
            Begin(guest);
        long since = Stopwatch.GetTimestamp();
        while (interruption.ExitCode is null)
        {
            if (_comingUp.RemoveAll(HasComeUp) > 0)
                since = Stopwatch.GetTimestamp();
            while (_waiting.Count > 0 && _comingUp.Count(guest => guest.Kind != GuestKind.InProcess) < AtOnce)
                Begin(_waiting.Dequeue());
            if (_comingUp.Count == 0)
                return;
            if (Stopwatch.GetElapsedTime(since) > Limit)
                throw new UsageException($"guest {_comingUp[0].Guest.Id} did not become ready in {DurationArgument.Format(Limit)}; is its program one for guests of vpio run?");
            interruption.Wait(Moment);
        }
    }

    private void Begin(RunGuest guest)
    {
        guest.Body.Start();
        _comingUp.Add(guest);
    }

    private static bool HasComeUp(RunGuest guest)
    {
        if (!guest.HasComeUp)
            return false;
        if (guest.Kind != GuestKind.InProcess && guest.HasEnded)
            throw new UsageException($"guest {guest.Guest.Id} ended before the run began ({WhyItEnded(guest)}); is its program one for guests of vpio run?");
        return true;
    }

    private static string WhyItEnded(RunGuest guest) => guest.End.Failure is { Length: > 0 } failure ? failure : guest.Body.End ?? "stopped by force";
}
