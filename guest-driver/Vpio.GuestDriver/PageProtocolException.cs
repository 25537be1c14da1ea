namespace Vpio.GuestDriver;

/// <summary>Is thrown when a shared page is not what the ABI says it is.</summary>
/// <param name="message">Which page, which field, its value in hex.</param>
public sealed class PageProtocolException(string message) : Exception(message);
