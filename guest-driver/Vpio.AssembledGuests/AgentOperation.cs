namespace Vpio.AssembledGuests;

/// <summary>Numbers what a guest agent is told to do.</summary>
public enum AgentOperation : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A hypercall.</summary>
    Call = 1,

    /// <summary>A load.</summary>
    Load = 2,

    /// <summary>A store.</summary>
    Store = 3,

    /// <summary>A kick.</summary>
    Kick = 4,

    /// <summary>Its end.</summary>
    End = 5,
}
