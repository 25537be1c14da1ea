namespace Vpio.Analyzers.Contracts;

/// <summary>Says what one ownership attribute demands or does.</summary>
internal enum ClauseKind
{
    /// <summary>The device is held before and after.</summary>
    RequiresHeld,

    /// <summary>The device is not held before, and held after.</summary>
    Acquires,

    /// <summary>The device is held after exactly when the outcome says so.</summary>
    TryAcquires,

    /// <summary>The device is held before, and not after.</summary>
    Releases,

    /// <summary>The device is held before, and not after exactly when the outcome says so.</summary>
    ReleasesWhen,

    /// <summary>The device is not held before.</summary>
    Excludes,

    /// <summary>The device is held after a normal return, by somebody else's grab.</summary>
    AssertsHeld,
}
