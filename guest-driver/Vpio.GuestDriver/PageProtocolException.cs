namespace Vpio.GuestDriver;

/// <summary>Is thrown when a shared page is not what the ABI says it is.</summary>
/// <param name="message">Which page, which field, its value in hex.</param>
/// <param name="innerException">What it came of; <see langword="null"/> for nothing else.</param>
public sealed class PageProtocolException(string? message, Exception? innerException) : Exception(message, innerException)
{
    /// <summary>Makes one that says no more than its name.</summary>
    public PageProtocolException()
        : this("A shared page is not what the ABI says it is.")
    {
    }

    /// <summary>Makes one that says what was seen.</summary>
    /// <param name="message">Which page, which field, its value in hex.</param>
    public PageProtocolException(string? message)
        : this(message, null)
    {
    }
}
