using Vpio.Abi;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Is what the ownership protocol makes happen around its transitions: the device's work, upcalls, the slice, the accounts.</summary>
/// <remarks>The protocol itself knows no device, no clock and no page. A struct type parameter, so that nothing is called indirectly.</remarks>
internal interface IOwnershipEffects
{
    /// <summary>Books that a guest begins to wait. Called before it is seen to wait; <see cref="Left"/> follows when it did already.</summary>
    /// <param name="guest">The guest.</param>
    void Joining(DomainId guest);

    /// <summary>Books that a guest waits no more: it was granted, it left, or it was waiting already.</summary>
    void Left();

    /// <summary>Books that an ownership ended, and clears its slice. Called with the device in RECLAIMING.</summary>
    /// <param name="held">The word that ended: OWNED or REVOKING.</param>
    void Ended(StateWord held);

    /// <summary>Waits until the device is out of what it was doing for the former owner: no DMA is in flight afterwards.</summary>
    void Quiesce();

    /// <summary>Resets the device and throws away the context of a guest. Called with the device in RECLAIMING, quiesced.</summary>
    /// <param name="former">The guest.</param>
    void ResetContext(DomainId former);

    /// <summary>Saves the device context of one guest and loads that of another. Called with the device in RECLAIMING, quiesced.</summary>
    /// <param name="from">Whose context is loaded; <see cref="DomainId.Invalid"/> for none.</param>
    /// <param name="to">Whose is to be.</param>
    void Switch(DomainId from, DomainId to);

    /// <summary>Stamps the time of a grant that is about to be published.</summary>
    /// <param name="guest">The guest that is about to own the device.</param>
    /// <param name="queued">Whether the guest waited for it.</param>
    void Granting(DomainId guest, bool queued);

    /// <summary>Books a grant and tells the device that it has an owner.</summary>
    /// <param name="owned">The word that was published.</param>
    /// <param name="queued">Whether the guest waited for it.</param>
    void Granted(StateWord owned, bool queued);

    /// <summary>Tells a guest by an upcall that it was granted what it waited for. Last of all: the guest that is woken may have the granter's processor at once, and for long.</summary>
    /// <param name="owned">The word that was published.</param>
    void Tell(StateWord owned);

    /// <summary>Starts the slice of an ownership, if it was not started yet: somebody waits for it to end.</summary>
    /// <param name="owned">The ownership.</param>
    void StartSlice(StateWord owned);

    /// <summary>Cuts the slice of an ownership short, if it runs: a guest that is granted next out of turn waits.</summary>
    /// <param name="owned">The ownership.</param>
    void CutSlice(StateWord owned);

    /// <summary>Tells a guest that the device is gone and its wait or ownership with it.</summary>
    /// <param name="guest">The guest.</param>
    void Removed(DomainId guest);
}
