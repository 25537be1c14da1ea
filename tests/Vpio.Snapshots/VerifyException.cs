namespace VerifyTests;

/// <summary>Is thrown when a text is not the verified one.</summary>
/// <param name="message">How it differs, and how to accept it.</param>
public class VerifyException(string message) : Exception(message);
