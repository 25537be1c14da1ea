namespace Vpio.Abi.Ownership;

/// <summary>A value of the type owns one hold, bound where the value was made; its Dispose is an idempotent release.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ScopedOwnershipAttribute : Attribute
{
    /// <summary>The scope gives the hold back when made and takes it again when disposed.</summary>
    public bool Inverse { get; set; }
}
