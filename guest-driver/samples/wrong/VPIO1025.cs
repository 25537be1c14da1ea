using Vpio.Abi.Ownership;
using Vpio.GuestDriver;

internal abstract class Port
{
    public abstract void Ring(in DeviceLease lease);
}

internal sealed class DirectPort : Port
{
    public override void Ring([RequiresHeld] in DeviceLease lease) => lease.Kick(); // VPIO1025: callers of Port.Ring do not know
}
