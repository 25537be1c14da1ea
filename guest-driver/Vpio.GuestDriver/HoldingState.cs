namespace Vpio.GuestDriver;

/// <summary>Says what this driver believes about a device. The state word says what is true; the two are compared at every use.</summary>
internal enum HoldingState
{
    /// <summary>The driver neither holds the device nor waits for it.</summary>
    NotHeld = 0,

    /// <summary>A grab waits in the hypervisor's queue, and somebody awaits it.</summary>
    Queued,

    /// <summary>That grab was cancelled after its grant was decided: the device is given back as soon as it comes.</summary>
    Abandoned,

    /// <summary>The driver holds the device in one generation.</summary>
    Held,
}
