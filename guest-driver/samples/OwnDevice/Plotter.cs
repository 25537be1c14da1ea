using Vpio.Abi.Ownership;
using Vpio.GuestDriver;

/// <summary>Is the plotter as its driver shows it to programs. The attributes let the compiler check them as it checks users of the NIC.</summary>
internal sealed class Plotter
{
    private readonly GuestDevice _device;

    public Plotter(GuestDevice device)
    {
        if (device.Query().Class != PlotterDevice.PlotterClass)
            throw new ArgumentException($"{device.Index} is no plotter.", nameof(device));
        _device = device;
    }

    /// <summary>Grabs the plotter, in turn.</summary>
    [Acquires]
    [NoOwnershipCheck("The grab of the device is the hold that is promised.")]
    public PlotterHold Grab() => new(_device.Grab());
}

/// <summary>Is a hold of the plotter: draws, says when to stop, gives back at its end.</summary>
[ScopedOwnership, NonCopyable]
internal readonly ref struct PlotterHold
{
    private readonly DeviceLease _lease;

    public PlotterHold(DeviceLease lease) => _lease = lease;

    /// <summary>Gets whether the plotter is wanted back.</summary>
    [Polls, RevokedWhen(true)]
    public bool IsWanted => _lease.StopRequested;

    /// <summary>Draws a point.</summary>
    [RequiresHeld]
    [NoOwnershipCheck("The lease is this hold.")]
    public void Plot(int x, int y, char ink)
    {
        _lease.Write32(PlotterDevice.X, (uint)x);
        _lease.Write32(PlotterDevice.Y, (uint)y);
        _lease.Write32(PlotterDevice.Ink, ink);
        _lease.Kick();
    }

    /// <summary>Gives the plotter back.</summary>
    [Releases, NoThrow]
    [NoOwnershipCheck("The release of the lease is the one that is promised.")]
    public void Dispose() => _lease.Release();
}
