// Two devices that this tree knows nothing of. A plotter, whose driver is ours: its types carry the ownership attributes. And an engraver from
// a library that we cannot change: a contract file says the same of it. Take a grab away, or a release, or a poll: the build says so.
using Vendor;
using Vpio.GuestDriver;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

using ReferenceHypervisor hypervisor = new(new HypervisorOptions { Slice = TimeSpan.FromMilliseconds(1), Grace = TimeSpan.FromSeconds(1) });
PlotterDevice hardware = new();
SharedDevice shared = hypervisor.AddDevice(hardware);

// Two guests draw on one sheet, point by point, whoever has the plotter.
Task wave = Draw('*', Enumerable.Range(1, PlotterDevice.Width - 2).Select(x => (x, Row(x))));
Task frame = Draw('#', Enumerable.Range(0, PlotterDevice.Width).SelectMany(x => new[] { (x, 0), (x, PlotterDevice.Height - 1) }));
await Task.WhenAll(wave, frame);
foreach (string line in hardware.Sheet)
    Console.WriteLine(line);
Console.WriteLine($"{(string.Join("", hardware.Sheet).Count(ink => ink is '*' or '#'))} points, {shared.Statistics.ForcedStops} guests stopped by force.");

Engraver engraver = new();
Engrave(engraver, "BY TWO GUESTS");
Console.WriteLine($"{engraver.Cuts} letters engraved; then the engraver was wanted elsewhere.");

Task Draw(char ink, IEnumerable<(int X, int Y)> points)
{
    Guest guest = hypervisor.AddGuest();
    hypervisor.Assign(guest, shared);
    return Task.Run(() =>
    {
        using GuestDomain domain = GuestDomain.Attach(guest.Port);
        Plotter plotter = new(domain.GetDevice(shared.Index));
        Queue<(int X, int Y)> left = new(points);
        while (left.Count > 0)
        {
            using PlotterHold hold = plotter.Grab();
            while (!hold.IsWanted && left.TryDequeue(out (int X, int Y) point))
                hold.Plot(point.X, point.Y, ink);
        }
    });
}

static void Engrave(Engraver engraver, string text)
{
    if (!engraver.TryTake())
        return;
    try
    {
        foreach (char letter in text)
        {
            if (engraver.Wanted)
                break;
            engraver.Cut(letter);
        }
    }
    finally
    {
        engraver.GiveBack();
    }
}

static int Row(int x) => (PlotterDevice.Height / 2) - (int)Math.Round(3 * Math.Sin(2 * Math.PI * x / (PlotterDevice.Width - 1)));
