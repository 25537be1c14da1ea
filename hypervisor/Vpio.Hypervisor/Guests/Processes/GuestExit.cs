namespace Vpio.Hypervisor.Guests;

/// <summary>Tells how a guest's process ended.</summary>
/// <param name="Code">Its exit code; <see langword="null"/> when a signal ended it.</param>
/// <param name="Signal">The number of the signal that ended it; <see langword="null"/> when it ended by itself.</param>
public readonly record struct GuestExit(int? Code, int? Signal)
{
    /// <inheritdoc/>
    public override string ToString() => Code is { } code ? $"exit code {code}" : $"signal {Signal}";
}
