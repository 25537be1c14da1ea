namespace Vpio.Hypervisor.Guests;

/// <summary>Tells how a guest's virtual machine ended.</summary>
/// <param name="Code">The exit code that it gave; <see langword="null"/> when it did not end by itself.</param>
/// <param name="Reason">What ended it otherwise, in words; <see langword="null"/> when it ended by itself.</param>
public readonly record struct MachineExit(int? Code, string? Reason)
{
    /// <inheritdoc/>
    public override string ToString() => Code is { } code ? $"exit code {code}" : Reason ?? string.Empty;
}
