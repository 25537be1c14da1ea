namespace Vpio.GuestDriver.Tests.Stepping;

/// <summary>Is the words of a guest page with two devices, who sleeps, and what was raised and told.</summary>
internal sealed class UpcallMemory : ISteppedMemory<UpcallMemory>
{
    internal uint[] Events { get; private init; } = new uint[2];

    internal uint[] Raised { get; private init; } = new uint[2];

    internal uint[] Told { get; private init; } = new uint[2];

    /// <summary>Gets whether somebody takes events, so that all must be told at an end.</summary>
    internal bool HasTaker { get; init; } = true;

    internal ulong Selector { get; set; }

    internal uint Sequence { get; set; }

    internal bool Pending { get; set; }

    internal bool Mask { get; set; }

    /// <summary>Gets or sets the actors that sleep, a bit each.</summary>
    internal uint Sleepers { get; set; }

    public UpcallMemory Copy() => new()
    {
        Events = [.. Events],
        Raised = [.. Raised],
        Told = [.. Told],
        HasTaker = HasTaker,
        Selector = Selector,
        Sequence = Sequence,
        Pending = Pending,
        Mask = Mask,
        Sleepers = Sleepers,
    };

    public string? JudgeEnd() => ForgottenSleeper() ?? (HasTaker ? LostEvent() : null);

    private string? ForgottenSleeper() => Pending && Sleepers != 0 ? $"a sleeper was not woken: {this}" : null;

    private string? LostEvent() => Told.SequenceEqual(Raised) ? null : $"an event was lost: {this}";

    public override string ToString() =>
        $"events {string.Join(' ', Events)} selector {Selector} pending {Pending} mask {Mask} sleepers {Sleepers} sequence {Sequence} raised {string.Join(' ', Raised)} told {string.Join(' ', Told)}";
}
