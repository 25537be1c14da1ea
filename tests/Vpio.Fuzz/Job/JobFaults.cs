using Vpio.Tool.Accounting;

namespace Vpio.Fuzz.Job;

/// <summary>Puts what is broken beside what is right, to show that it is found. By itself it changes nothing.</summary>
internal sealed record JobFaults
{
    /// <summary>Gets the faults of which there are none.</summary>
    public static JobFaults None { get; } = new();

    /// <summary>Gets what is done besides, when reports are read.</summary>
    public Action<FrameLedger, JobGuest> Reading { get; init; } = (_, _) => { };

    /// <summary>Gets what is understood in place of what the guest says.</summary>
    public Func<Sayings, Sayings> Heard { get; init; } = right => right;
}
