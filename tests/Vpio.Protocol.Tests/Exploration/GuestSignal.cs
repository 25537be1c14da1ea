namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Says what wakes a sleeping guest.</summary>
[Flags]
internal enum GuestSignal : ulong
{
    None = 0,
    Granted = 1,
    Removed = 2,
    Woken = 4,
}
