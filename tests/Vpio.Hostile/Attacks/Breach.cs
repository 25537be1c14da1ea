namespace Vpio.Hostile.Attacks;

/// <summary>Numbers what a hostile program reports of itself that no hypervisor may let be.</summary>
public enum Breach
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A call did what the ABI does not allow.</summary>
    Call,

    /// <summary>A call's result is none of the ABI.</summary>
    NoResult,

    /// <summary>Something of a neighbour's is in its memory.</summary>
    ForeignFrame,

    /// <summary>A register answered while the guest did not own its device.</summary>
    DeadWindowAnswered,

    /// <summary>What was written while the guest did not own the device reached it later.</summary>
    DeadWriteCame,

    /// <summary>A register did not answer its device's owner.</summary>
    OwnerNotAnswered,

    /// <summary>What the guest may only read was changed by it.</summary>
    ReadOnlyChanged,

    /// <summary>The tables of its processor can be reached.</summary>
    TablesReached,

    /// <summary>It went on after an access for which it was to be stopped.</summary>
    LivedOn,
}
