namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Is what the NIC's thread does: batches for whoever owns the device, and between them a few steps of what everybody is to hear.</summary>
internal sealed class NicWork(DeviceGate gate, FrameArrivals arrivals) : IDeviceWork
{
    /// <inheritdoc/>
    public bool DoBatch()
    {
        bool worked = false;
        if (gate.TryEnter(out DeviceContext? owner))
        {
            worked = ((NicContext)owner).DoBatch();
            gate.Leave();
        }

        // Outside the gate: who ends an ownership does not wait for what is done for all guests.
        return worked | arrivals.TryStep();
    }

    /// <inheritdoc/>
    public bool AnnounceSleep()
    {
        if (gate.TryEnter(out DeviceContext? owner))
        {
            ((NicContext)owner).ShowAsleep();
            gate.Leave();
        }

        // ORDER full: the guest sees that the device sleeps before the device looks at the doorbells once more. Pairs with the driver's fence between doorbell and look.
        Interlocked.MemoryBarrier();
        return DoBatch();
    }
}
