namespace Vpio.GuestDriver.Tests.Stepping;

/// <summary>Is the words of a call slot, who sleeps on its turn, and how far both sides are.</summary>
internal sealed class TurnMemory : ISteppedMemory<TurnMemory>
{
    internal uint Turn { get; set; }

    internal bool GuestAsleep { get; set; }

    internal bool HypervisorAsleep { get; set; }

    /// <summary>Gets or sets what stands for command and argument, and for outputs and result.</summary>
    internal ulong Payload { get; set; }

    internal bool GuestEnded { get; set; }

    internal bool HypervisorEnded { get; set; }

    /// <summary>Gets or sets the actors that sleep, a bit each.</summary>
    internal uint Sleepers { get; set; }

    /// <summary>Gets or sets the calls that were answered as they must be.</summary>
    internal uint Answered { get; set; }

    /// <summary>Gets or sets whether each side has left.</summary>
    internal bool ServerLeft { get; set; }

    internal bool CallerLeft { get; set; }

    internal string? Wrong { get; set; }

    public TurnMemory Copy() => (TurnMemory)MemberwiseClone();

    public string? JudgeEnd()
    {
        if (Wrong is not null)
            return Wrong;
        if (!CallerLeft)
            return $"the guest waits for ever: {this}";
        return HypervisorEnded && !ServerLeft ? $"the hypervisor's thread does not end: {this}" : null;
    }

    public override string ToString() =>
        $"turn {Turn} payload {Payload} guest {GuestAsleep} {GuestEnded} {CallerLeft} hypervisor {HypervisorAsleep} {HypervisorEnded} {ServerLeft} sleepers {Sleepers} answered {Answered} {Wrong}";
}
