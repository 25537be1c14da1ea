using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.Hypervisor.Devices;

/// <summary>Is the plotter itself, on the hypervisor's side: three registers, a pen, a sheet. It plots a point at each kick.</summary>
internal sealed class PlotterDevice : IDevice
{
    /// <summary>The class that the driver looks for, of the numbers that the ABI leaves to devices of one's own.</summary>
    public const DeviceClass PlotterClass = (DeviceClass)0x8000_0001;

    public const uint X = 0;
    public const uint Y = 4;
    public const uint Ink = 8;
    public const int Width = 41;
    public const int Height = 9;

    private readonly Lock _batch = new();
    private readonly char[,] _sheet = new char[Height, Width];
    private DeviceGate _gate = null!;

    public DeviceClass Class => PlotterClass;

    public uint WindowBytes => 4096;

    /// <summary>Gets what is drawn, line by line.</summary>
    public IEnumerable<string> Sheet => Enumerable.Range(0, Height).Select(y => string.Concat(Enumerable.Range(0, Width).Select(x => _sheet[y, x] == 0 ? ' ' : _sheet[y, x])).TrimEnd());

    public void PlugIn(DeviceGate gate) => _gate = gate;

    public void Unplug()
    {
    }

    public DeviceContext CreateContext(GuestAttachment attachment) => new PenContext(attachment.Window);

    public void RemoveContext(DeviceContext context)
    {
    }

    // Only between TryEnter and Leave, and one batch at a time: so the hypervisor knows when the plotter has let go.
    public void Wake()
    {
        lock (_batch)
        {
            if (!_gate.TryEnter(out DeviceContext? owner))
                return;
            ((PenContext)owner).Plot(_sheet);
            _gate.Leave();
        }
    }

    // Its registers are all that a guest has in the plotter. Each has its own window, where they stay: there is nothing to save.
    private sealed class PenContext(RegisterWindow window) : DeviceContext
    {
        // What a guest wrote is read once and checked before it is used: it can be anything.
        public void Plot(char[,] sheet)
        {
            uint x = window.Read32(X);
            uint y = window.Read32(Y);
            uint ink = window.Read32(Ink);
            if (x < Width && y < Height && ink is > ' ' and < 127)
                sheet[y, x] = (char)ink;
        }

        public override void Save()
        {
        }

        public override void Load()
        {
        }

        public override void Reset()
        {
            window.Write32(X, 0);
            window.Write32(Y, 0);
            window.Write32(Ink, 0);
        }

        public override void OwnershipBegan()
        {
        }

        public override void OwnershipEnded()
        {
        }

        public override void Suspend()
        {
        }

        public override void Resume()
        {
        }

        public override void Describe(ref QueryArgs query)
        {
        }
    }
}
