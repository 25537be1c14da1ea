namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Is what the NIC's thread does: batches for whoever owns the device.</summary>
internal sealed class NicWork(DeviceGate gate) : IDeviceWork
{
    /// <inheritdoc/>
    public bool DoBatch()
    {
        if (!gate.TryEnter(out DeviceContext? owner))
            return false;
        bool worked = ((NicContext)owner).DoBatch();
        gate.Leave();
        return worked;
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
