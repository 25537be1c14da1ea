using Vpio.Benchmarks.Reporting;

namespace Vpio.Benchmarks.Frames;

/// <summary>Compares how fast a guest that holds the NIC sends and receives with the limit of the machine and with other ways that carry the same frames.</summary>
internal static class FramesBenchmark
{
    private const int Many = 2_048_000;
    private const int ManyLong = 512_000;
    private const int TransmitCopies = 2;
    private const int ReceiveCopies = 3;

    public static void Run(Report report)
    {
        report.Say(
            $"A guest holds its NIC, with rings of {CopyLimit.Buffers} frames, and rings once for {FrameRate.BatchFrames}. It sends into a wire that throws all away: the driver copies a frame into its buffer in the ring, " +
            $"and the device out of it, to check the copy: {TransmitCopies} copies, on two threads. It receives from a wire that the device's thread is: the device copies a frame off the wire, then into the guest's buffer, and " +
            $"the driver out of it: {ReceiveCopies} copies, the first two on one thread. The copying alone is done by one thread, through as many buffers. The bare ring copies twice, on two threads. Channel and sockets carry from one thread to another.");
        foreach (int frameBytes in (int[])[64, 1500])
        {
            int frames = frameBytes == 64 ? Many : ManyLong;
            Transmit(report, frameBytes, frames);
            Receive(report, frameBytes, frames);
            Check(report, frameBytes, frames);
        }
    }

    private static void Transmit(Report report, int frameBytes, int frames)
    {
        using HeldNic nic = new(frameBytes);
        using TapDevice? tap = TapDevice.TryOpen(frameBytes, out string? problem);
        Contest contest = new Contest($"frames of {frameBytes} bytes sent", "million/s", "0.000")
            .Add("`NicTransmitter`, the NIC held", () => FrameRate.Of(frames, () => nic.Transmit(frames)));
        using Peers peers = new(contest, frameBytes, frames, TransmitCopies);
        if (tap is not null)
            contest.Add("a TAP device, `write` for each", () => FrameRate.Of(frames / 40, () => tap.Send(frames / 40)));
        else
            report.Say($"No TAP device is among them, for none could be opened: {problem}.");
        contest.Run(report);
    }

    private static void Receive(Report report, int frameBytes, int frames)
    {
        using FedNic nic = new(frameBytes);
        Contest contest = new Contest($"frames of {frameBytes} bytes received", "million/s", "0.000")
            .Add("`NicReceiver`, the NIC held", () => FrameRate.Of(frames, () => nic.Receive(frames)));
        using Peers peers = new(contest, frameBytes, frames, ReceiveCopies);
        contest.Run(report);
    }

    // One look more for each frame than the driver's, which looks once for 32: an upper bound of what a driver's own look for each would cost.
    private static void Check(Report report, int frameBytes, int frames)
    {
        using HeldNic nic = new(frameBytes);
        new Contest($"a frame of {frameBytes} bytes sent", "ns", "0.00") { Rounds = 15 }
            .Add("with a look at the ownership for each frame", () => Ns<OneLook>(nic, frames))
            .Add("as the driver does it, a look for 32 frames", () => Ns<NoLook>(nic, frames), Aim.AtMost(1.03))
            .Add("with eight looks for each frame", () => Ns<EightLooks>(nic, frames))
            .Run(report);
    }

    private static double Ns<TLook>(HeldNic nic, int frames)
        where TLook : struct, IFrameLook =>
        1000 / FrameRate.Of(frames, () => nic.TransmitLooking<TLook>(frames));

    /// <summary>Are the others, who carry as many frames of the same length.</summary>
    private sealed class Peers : IDisposable
    {
        private readonly IFramePath[] _paths;

        public Peers(Contest contest, int frameBytes, int frames, int copies)
        {
            CopyLimit limit = new(frameBytes, copies);
            (IFramePath ring, IFramePath empty, IFramePath channel, IFramePath sockets) = (new BareRing(frameBytes), new BareRing(frameBytes: 0), new ChannelPath(frameBytes), new SocketPath(frameBytes));
            _paths = [ring, empty, channel, sockets];
            contest
                .Add($"copying alone, {copies} copies each, one thread", () => FrameRate.Of(frames, () => limit.Copy(frames)))
                .Add("a bare ring between two threads", () => FrameRate.Over(ring, frames))
                .Add("a bare ring of descriptors without bytes", () => FrameRate.Over(empty, 2 * Many))
                .Add("`System.Threading.Channels`, bounded", () => FrameRate.Over(channel, frames / 4))
                .Add("Unix datagram sockets", () => FrameRate.Over(sockets, frames / 40));
        }

        public void Dispose()
        {
            foreach (IFramePath path in _paths)
                path.Dispose();
        }
    }
}
