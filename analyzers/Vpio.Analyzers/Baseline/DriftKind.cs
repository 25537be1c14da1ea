namespace Vpio.Analyzers.Baseline;

/// <summary>Says what a difference from the baseline calls for.</summary>
internal enum DriftKind
{
    /// <summary>It is recorded nowhere.</summary>
    NotRecorded,

    /// <summary>It is recorded otherwise, and was not shipped yet.</summary>
    Changed,

    /// <summary>It was shipped otherwise.</summary>
    ShippedChanged,

    /// <summary>It is recorded, and a release is built that has not shipped it.</summary>
    NotShipped,

    /// <summary>It was shipped, and nothing declares it any more.</summary>
    ShippedGone,

    /// <summary>A line says what is not so, and can go.</summary>
    Idle,
}
