using Vpio.Hypervisor.Guests;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor;

/// <summary>Sets up a hypervisor.</summary>
public sealed class HypervisorOptions
{
    /// <summary>The shortest slice and grace.</summary>
    public static readonly TimeSpan MinDuration = SharingTerms.MinDuration;

    /// <summary>The longest slice and grace.</summary>
    public static readonly TimeSpan MaxDuration = SharingTerms.MaxDuration;

    /// <summary>Gets where the time comes from. Another provider than the system's runs slices and graces on virtual time.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Gets how long a guest may own a device that others wait for, 100 µs to 1 s.</summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Gets how long an owner may take to release once it was asked to stop, 100 µs to 1 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Gets what becomes of an owner that outlives its grace.</summary>
    public OverrunPolicy Policy { get; init; } = OverrunPolicy.Stop;

    /// <summary>Gets how often a device may be taken from a guest, under <see cref="OverrunPolicy.Detach"/>, until it is quarantined: at least once.</summary>
    public int QuarantineAfter { get; init; } = 3;

    /// <summary>Gets within what time that counts as too often: more than nothing, at most a day.</summary>
    public TimeSpan QuarantineWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets how much memory a guest has, bytes, a multiple of 4096.</summary>
    public int GuestMemoryBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>Gets how much more memory a guest has behind that, bytes, a multiple of 4096: no driver allocates there and no device reaches it.</summary>
    /// <remarks>It is where domain 0 and the program in a guest tell each other things, whatever kind of guest it is. See <see cref="Guest.Application"/>.</remarks>
    public int ApplicationBytes { get; init; }

    /// <summary>Gets a descriptor of <c>/dev/kvm</c> that this process inherited or was given, for guests in virtual machines; <see langword="null"/>: it is opened by name.</summary>
    /// <remarks>It stays the caller's. It is how a process without rights on the device runs virtual machines.</remarks>
    public int? KvmDescriptor { get; init; }

    /// <summary>Gets what guests are offered. Less than the newest, or more, is for tests of the rules of growth.</summary>
    internal Agreement Offered { get; init; } = Agreement.Newest;

    /// <summary>Gets the terms that devices begin with.</summary>
    internal SharingTerms Terms => new(Clock.Nanoseconds(Slice), Clock.Nanoseconds(Grace), Policy);

    internal void Check()
    {
        ArgumentNullException.ThrowIfNull(TimeProvider);
        CheckSpan(Slice, nameof(Slice));
        CheckSpan(Grace, nameof(Grace));
        CheckPolicy(Policy, nameof(Policy));
        if (QuarantineAfter < 1)
            throw new ArgumentOutOfRangeException(nameof(QuarantineAfter), QuarantineAfter, "A guest is quarantined after one forced end at the earliest.");
        if (QuarantineWithin <= TimeSpan.Zero || QuarantineWithin > TimeSpan.FromDays(1))
            throw new ArgumentOutOfRangeException(nameof(QuarantineWithin), QuarantineWithin, "Forced ends count for more than no time and for a day at most.");
        if (GuestMemoryBytes <= 0 || GuestMemoryBytes % 4096 != 0)
            throw new ArgumentOutOfRangeException(nameof(GuestMemoryBytes), GuestMemoryBytes, "Guest memory comes in whole pages of 4096 bytes, at least one.");
        if (ApplicationBytes < 0 || ApplicationBytes % 4096 != 0)
            throw new ArgumentOutOfRangeException(nameof(ApplicationBytes), ApplicationBytes, "Application memory comes in whole pages of 4096 bytes.");
    }

    internal static void CheckPolicy(OverrunPolicy policy, string name)
    {
        if (!Enum.IsDefined(policy))
            throw new ArgumentOutOfRangeException(name, policy, "There are the policies Stop and Detach.");
    }

    internal static void CheckSpan(TimeSpan span, string name)
    {
        if (span < MinDuration || span > MaxDuration)
            throw new ArgumentOutOfRangeException(name, span, "Slice and grace last from 100 µs to 1 s.");
    }
}
