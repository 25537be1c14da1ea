namespace Vpio.Abi.Description;

/// <summary>Says what a change of the ABI does to those who were built against it before. A greater value is worse.</summary>
public enum AbiCompatibility
{
    /// <summary>Nothing differs that anybody can see.</summary>
    Same,

    /// <summary>Both go on working together: something was added where it was allowed.</summary>
    Compatible,

    /// <summary>What was built goes on working, but sources must be changed before they build again.</summary>
    SourceBreaking,

    /// <summary>The two sides no longer understand each other: a new major version.</summary>
    WireBreaking,
}

/// <summary>Is one difference between two versions of the ABI.</summary>
/// <param name="Compatibility">What it does to those who were built before.</param>
/// <param name="Subject">What differs, for example <c>DeviceSlot.Waiters</c>.</param>
/// <param name="Reason">How, and why it matters.</param>
public sealed record AbiChange(AbiCompatibility Compatibility, string Subject, string Reason);
