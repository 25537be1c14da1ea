using Vpio.Abi;

namespace Vpio.Hypervisor.Guests;

/// <summary>Is what of the ABI is in force for a guest, or on offer to all: a minor version, and the features that are on.</summary>
/// <param name="Minor">The minor version.</param>
/// <param name="Features">The features, a bit each.</param>
/// <remarks>Replaced whole, so that nobody sees the version of one negotiation with the features of another. Source: <c>docs/abi.md</c>, "Versions".</remarks>
internal sealed record Agreement(ushort Minor, ulong Features)
{
    /// <summary>Gets what is in force for a guest that has not negotiated.</summary>
    public static Agreement Unasked { get; } = new(0, 0);

    /// <summary>Gets all that this code knows.</summary>
    public static Agreement Newest { get; } = new(VpioVersion.Minor, VpioVersion.Features);

    /// <summary>Agrees with a guest: the lower minor version, and the features that are both offered and asked for.</summary>
    /// <param name="minor">The minor version that the guest knows.</param>
    /// <param name="features">The features that it asks for; bits that are not on offer are ignored.</param>
    /// <returns>What is in force. No version turns a feature on that was not asked for.</returns>
    public Agreement With(ushort minor, ulong features) => new(Math.Min(Minor, minor), Features & features);
}
