using System.Diagnostics.CodeAnalysis;

namespace Vpio.Conformance;

/// <summary>Says that a guest has ended and does nothing more.</summary>
/// <param name="message">How it ended.</param>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It always says how the guest ended.")]
public sealed class GuestGoneException(string message) : Exception(message);
