namespace Vpio.Abi.Ownership;

/// <summary>Success values that C# attribute arguments cannot spell directly.</summary>
public enum Outcome
{
    /// <summary>Success is a result other than null.</summary>
    NonNull,
    /// <summary>Success is null.</summary>
    Null,
    /// <summary>Success is a result other than zero.</summary>
    NonZero,
}
