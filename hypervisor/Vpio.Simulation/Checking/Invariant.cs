namespace Vpio.Simulation.Checking;

/// <summary>Names what must be true after every step, whatever happened.</summary>
internal enum Invariant
{
    /// <summary>Rule 1: a device has one owner at most, the word and the device agree on who it is, and generations grow.</summary>
    OneOwner,

    /// <summary>Rule 2: an ownership ends once; a release succeeds for its owner and for nobody else.</summary>
    OneEnd,

    /// <summary>Rule 3: no device is free, or stays in hand, while somebody waits for it.</summary>
    NoLostWakeUp,

    /// <summary>Rule 3: nobody takes a device past those who wait.</summary>
    NoBarging,

    /// <summary>Rule 4: nobody is granted twice while another waits all along.</summary>
    BoundedBypass,

    /// <summary>Rule 5: nobody is revoked while nobody waits.</summary>
    WorkConserving,

    /// <summary>Rule 6: a slice, and then a grace, ends when it should.</summary>
    BoundedHandOver,

    /// <summary>Rule 7: a new owner finds its own context loaded.</summary>
    CleanHandOver,

    /// <summary>Rule 8: a stopped or removed guest holds nothing, waits for nothing, and gets nothing.</summary>
    NothingStaysHeld,

    /// <summary>Rule 9: who left the queue gets no grant, and who got the grant is told so.</summary>
    GrantOrCancel,

    /// <summary>Rule 10: an unplugged device has no owner and no waiters, and tells those it had.</summary>
    OfflineIsEmpty,

    /// <summary>The waiters that the hypervisor counts are those who asked and were not served.</summary>
    WaitersAgree,

    /// <summary>A guest is told by its page: of its grant, and that it is asked to stop.</summary>
    NoLostUpcall,

    /// <summary>The bound of <c>docs/ownership.md</c>: nobody waits longer than the others' slices and graces.</summary>
    WaitBound,
}
