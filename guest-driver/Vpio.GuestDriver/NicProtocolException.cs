namespace Vpio.GuestDriver;

/// <summary>Is thrown when the network device writes what its specification forbids, or reports a fault of a ring.</summary>
/// <param name="message">Which register or descriptor, its value in hex.</param>
public sealed class NicProtocolException(string message) : Exception(message);
