namespace Vpio.Tool.Run;

/// <summary>Says in one sentence why a command line or an input cannot be used, and what to do instead.</summary>
/// <param name="message">The sentence; it goes to standard error as it is.</param>
internal sealed class UsageException(string message) : Exception(message);
