namespace Vpio.GuestDriver;

/// <summary>Is thrown when the network device writes what its specification forbids, or reports a fault of a ring.</summary>
/// <param name="message">Which register or descriptor, its value in hex.</param>
/// <param name="innerException">What it came of; <see langword="null"/> for nothing else.</param>
public sealed class NicProtocolException(string? message, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>Makes one that says no more than its name.</summary>
    public NicProtocolException()
        : this("The network device broke its specification.")
    {
    }

    /// <summary>Makes one that says what was seen.</summary>
    /// <param name="message">Which register or descriptor, its value in hex.</param>
    public NicProtocolException(string? message)
        : this(message, null)
    {
    }
}
