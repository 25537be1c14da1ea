namespace Vpio.Analyzers.Flow;

/// <summary>Says what is wrong with an operation on one path.</summary>
[Flags]
internal enum Verdict
{
    /// <summary>Nothing.</summary>
    Fine = 0,

    /// <summary>The device was never grabbed.</summary>
    NotHeld = 1,

    /// <summary>It was never grabbed, and a hint decided that this path was taken.</summary>
    Hint = 2,

    /// <summary>It was released.</summary>
    AfterRelease = 4,

    /// <summary>A stop is known, or it may have been lost.</summary>
    Revoked = 8,

    /// <summary>An observer's hold is not enough.</summary>
    SharedOnly = 16,

    /// <summary>It is held.</summary>
    Held = 32,

    /// <summary>It may be held or not, on this one path.</summary>
    Perhaps = 64,
}

/// <summary>Says what an operation does with the device.</summary>
internal enum DeviceUse
{
    /// <summary>It touches the device.</summary>
    Touch,

    /// <summary>It calls what requires ownership.</summary>
    Requirement,

    /// <summary>It grabs.</summary>
    Grab,

    /// <summary>It releases.</summary>
    Release,

    /// <summary>It calls what excludes ownership.</summary>
    Exclusion,
}
