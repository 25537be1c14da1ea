namespace Vpio.Abi.Ownership;

/// <summary>Names the results that mean success where no attribute argument can spell them.</summary>
/// <remarks>For the first argument of <see cref="TryAcquiresAttribute"/> and <see cref="ReleasesWhenAttribute"/>.</remarks>
public enum Outcome
{
    /// <summary>Any result but null.</summary>
    NonNull,

    /// <summary>Null, as of a method that returns what went wrong.</summary>
    Null,

    /// <summary>Any result but zero.</summary>
    NonZero,
}
