namespace Vpio.Fuzz.Worlds;

/// <summary>Says where a guest has the argument of a call.</summary>
internal enum ArgumentPlace
{
    /// <summary>In memory that nobody else touches.</summary>
    Apart,

    /// <summary>In its memory, which devices may reach.</summary>
    Memory,

    /// <summary>In its guest page, whose words the hypervisor changes when it raises events, also in the middle of the call.</summary>
    GuestPage,

    /// <summary>In its register window, which is loaded anew when it gets the device, also in the middle of the call.</summary>
    Window,

    /// <summary>Nowhere.</summary>
    Nowhere,
}
