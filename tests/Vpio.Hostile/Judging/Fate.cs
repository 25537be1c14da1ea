namespace Vpio.Hostile.Judging;

/// <summary>Says what domain 0 does with hostile guests while they attack.</summary>
internal enum Fate
{
    /// <summary>Whoever was stopped by force or quarantined is let go on at once.</summary>
    Resumed,

    /// <summary>They are stopped at random moments too, in the middle of whatever they do, and let go on.</summary>
    Stopped,

    /// <summary>They die at random moments, in the middle of whatever they do, and others come in their place.</summary>
    Removed,

    /// <summary>They are programs, and are ended from outside at random moments before they are removed.</summary>
    Killed,
}
