using Vpio.Abi;

namespace Vpio.GuestDriver;

/// <summary>Touches the words where they are: in the guest page of a port.</summary>
/// <param name="port">The port.</param>
internal readonly struct PageUpcallWords(IHypercallPort port) : IUpcallWords
{
    /// <inheritdoc/>
    public void Mask() => Interlocked.Exchange(ref port.GuestPage.UpcallMask, 1);

    /// <inheritdoc/>
    public void Unmask() => Interlocked.Exchange(ref port.GuestPage.UpcallMask, 0);

    /// <inheritdoc/>
    public void SetPending() => Interlocked.Exchange(ref port.GuestPage.UpcallPending, 1);

    /// <inheritdoc/>
    public void ClearPending() => Interlocked.Exchange(ref port.GuestPage.UpcallPending, 0);

    /// <inheritdoc/>
    public bool IsPending() => Volatile.Read(ref port.GuestPage.UpcallPending) != 0;

    /// <inheritdoc/>
    public ulong ExchangeSelector() => Interlocked.Exchange(ref port.GuestPage.PendingSelector, 0);

    /// <inheritdoc/>
    public DeviceEvents ExchangeEvents(DeviceIndex device) =>
        (DeviceEvents)Interlocked.Exchange(ref GuestPage.Events(ref port.GuestPage, device), 0);
}
