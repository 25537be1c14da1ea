namespace Vpio.Hostile.Grounds;

/// <summary>Tells how a hostile program ended.</summary>
/// <param name="Code">Its exit code, when it ended by itself.</param>
/// <param name="Signal">The signal that ended it, where there are signals.</param>
/// <param name="Reason">What its hypervisor ended it for, in words, when it did.</param>
public readonly record struct ProgramEnding(int? Code, int? Signal, string? Reason)
{
    private const int Kill = 9;

    /// <summary>Gets whether it did what it was told, or was killed: otherwise its attack did not come to anything.</summary>
    public bool IsExpected => Code is null or 0 && Signal is null or Kill;

    /// <inheritdoc/>
    public override string ToString() => Code is { } code ? $"exit code {code}" : Signal is { } signal ? $"signal {signal}" : Reason ?? "ended";
}
