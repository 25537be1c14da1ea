namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Counts what the NIC did for one guest, kept by the device where the guest cannot write.</summary>
/// <param name="TxFrames">Frames sent.</param>
/// <param name="TxBytes">Bytes sent.</param>
/// <param name="TxErrors">Descriptors consumed without sending a frame.</param>
/// <param name="RxFrames">Frames delivered into the guest's ring.</param>
/// <param name="RxBytes">Bytes delivered.</param>
/// <param name="RxParked">Frames that were parked while the guest did not hold the device.</param>
/// <param name="Drops">Frames for the guest that were dropped or discarded, by reason.</param>
public readonly record struct NicCounters(ulong TxFrames, ulong TxBytes, ulong TxErrors, ulong RxFrames, ulong RxBytes, ulong RxParked, NicDrops Drops)
{
    /// <summary>Gets how many frames for the guest were dropped or discarded, for whatever reason.</summary>
    public ulong RxDropped => Drops.Total;
}
