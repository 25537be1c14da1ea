namespace Vpio.Tool.Run;

/// <summary>Names where a guest of a run lives.</summary>
internal enum GuestKind
{
    /// <summary>In a thread of this process.</summary>
    InProcess,
}
