using Vpio.Abi.Layout;

namespace Vpio.Abi.Processes;

/// <summary>Numbers the messages on the control socket of a guest in a process of its own.</summary>
/// <remarks>Source: <c>docs/guests.md</c>, "Control socket".</remarks>
[AbiNumbers]
public enum ControlKind : uint
{
    /// <summary>No message.</summary>
    None = 0,

    /// <summary>Asks for what every guest has. The answer brings four descriptors: device page, guest page, guest memory, call area.</summary>
    Attach = 1,

    /// <summary>Has a call slot served from now on. No answer.</summary>
    Serve = 2,

    /// <summary>Asks for the register window of a device. The answer brings its descriptor; none when the device is not assigned to the guest.</summary>
    Window = 3,

    /// <summary>Wakes a device that sleeps. No answer.</summary>
    Kick = 4,
}
