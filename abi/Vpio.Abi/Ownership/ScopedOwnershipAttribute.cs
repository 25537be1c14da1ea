namespace Vpio.Abi.Ownership;

/// <summary>Makes a type a handle: a value owns one hold, and its <c>Dispose</c> gives it back.</summary>
/// <remarks>
/// <para><c>Dispose</c> says <see cref="ReleasesAttribute"/> and may be called when nothing is left to release.</para>
/// <para>Best is a <see langword="ref"/> struct with <see cref="NonCopyableAttribute"/>: the compiler then keeps it on the stack.</para>
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ScopedOwnershipAttribute : Attribute
{
    /// <summary>Gets or sets whether it is a pause: the hold is given back where the value is made, and taken again by its <c>Dispose</c>, which says <see cref="AcquiresAttribute"/>.</summary>
    public bool Inverse { get; set; }
}
