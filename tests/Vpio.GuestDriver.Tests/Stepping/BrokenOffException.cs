namespace Vpio.GuestDriver.Tests.Stepping;

/// <summary>Breaks an actor off where it has more to do, or waits.</summary>
internal sealed class BrokenOffException : Exception;
