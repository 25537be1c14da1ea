namespace Vpio.Tool.Run;

/// <summary>Names what the guests of a run do.</summary>
internal enum RunRole
{
    /// <summary>The first half transmits, the rest receives, over a loopback wire.</summary>
    Mixed,

    /// <summary>All transmit; what they send leaves by the wire.</summary>
    Tx,

    /// <summary>All receive what the far end of the wire plays.</summary>
    Rx,
}
