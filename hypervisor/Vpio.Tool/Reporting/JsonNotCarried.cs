namespace Vpio.Tool.Reporting;

/// <summary>Is the part of the <c>--json</c> object about frames of the input that were not carried for one reason.</summary>
/// <param name="Reason">The reason, in camel case: tooLong, tooShort, notEthernet, timeWasUp, interrupted or guestStopped.</param>
/// <param name="Count">How many frames.</param>
internal sealed record JsonNotCarried(string Reason, long Count);
