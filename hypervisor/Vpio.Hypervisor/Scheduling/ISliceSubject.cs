using Vpio.Abi;

namespace Vpio.Hypervisor.Scheduling;

/// <summary>Is what a slice clock times: a device whose ownership ends, and a page that shows when.</summary>
internal interface ISliceSubject
{
    /// <summary>Gets the state word as it is now.</summary>
    StateWord CurrentWord { get; }

    /// <summary>Takes the slice of an ownership. Called once for a slice, under the slice clock's lock.</summary>
    /// <param name="owned">The ownership.</param>
    /// <returns>How long it is, nanoseconds.</returns>
    long TakeSliceNs(StateWord owned);

    /// <summary>Books that an ownership went on beyond the end of its slice. Called under the slice clock's lock.</summary>
    /// <param name="held">The ownership.</param>
    /// <param name="overshootNs">How long, nanoseconds.</param>
    void Overran(StateWord held, long overshootNs);

    /// <summary>Shows when the slice ends.</summary>
    /// <param name="endNs">Nanoseconds of the hypervisor's clock; 0: no limit.</param>
    void ShowSliceEnd(long endNs);

    /// <summary>Shows when the grace ends.</summary>
    /// <param name="endNs">Nanoseconds of the hypervisor's clock; 0: none.</param>
    void ShowGraceEnd(long endNs);

    /// <summary>Does what follows the end of a slice. A call for an ownership that ended meanwhile must do nothing.</summary>
    /// <param name="owned">The word that was timed.</param>
    void SliceUsedUp(StateWord owned);

    /// <summary>Does what follows the end of a grace. A call for an ownership that ended meanwhile must do nothing.</summary>
    /// <param name="revoking">The word that was timed.</param>
    void GraceUsedUp(StateWord revoking);
}
