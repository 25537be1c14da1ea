namespace Vpio.GuestDriver.Tests;

/// <summary>Is the words of a guest page with two devices, who sleeps, and what was raised and told.</summary>
internal sealed class UpcallMemory
{
    internal uint[] Events { get; private init; } = new uint[2];

    internal uint[] Raised { get; private init; } = new uint[2];

    internal uint[] Told { get; private init; } = new uint[2];

    internal ulong Selector { get; set; }

    internal bool Pending { get; set; }

    internal bool Mask { get; set; }

    /// <summary>Gets or sets the actors that sleep, a bit each.</summary>
    internal uint Sleepers { get; set; }

    internal UpcallMemory Copy() => new()
    {
        Events = [.. Events],
        Raised = [.. Raised],
        Told = [.. Told],
        Selector = Selector,
        Pending = Pending,
        Mask = Mask,
        Sleepers = Sleepers,
    };

    /// <summary>Judges an end, in which nobody can go on, by who sleeps.</summary>
    internal string? ForgottenSleeper() => Pending && Sleepers != 0 ? $"a sleeper was not woken: {this}" : null;

    /// <summary>Judges an end by what the guest was told.</summary>
    internal string? LostEvent() => Told.SequenceEqual(Raised) ? null : $"an event was lost: {this}";

    public override string ToString() =>
        $"events {string.Join(' ', Events)} selector {Selector} pending {Pending} mask {Mask} sleepers {Sleepers} raised {string.Join(' ', Raised)} told {string.Join(' ', Told)}";
}
