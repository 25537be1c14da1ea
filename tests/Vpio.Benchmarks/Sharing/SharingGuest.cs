using System.Diagnostics;
using Vpio.GuestDriver;

namespace Vpio.Benchmarks.Sharing;

/// <summary>Is a guest that always wants the NIC: it sends one frame over and over, gives the NIC up when asked, and asks for it again.</summary>
/// <param name="participant">The guest with its driver.</param>
/// <param name="frameBytes">How long the frame is.</param>
internal sealed class SharingGuest(Participant participant, int frameBytes)
{
    private readonly byte[] _frame = participant.MakeFrame(frameBytes);
    private readonly List<(long Asked, long Granted)> _turns = new(capacity: 4_096);

    /// <summary>Does so until told to end.</summary>
    /// <param name="over">Ends it.</param>
    public void Run(CancellationToken over)
    {
        try
        {
            while (!over.IsCancellationRequested)
                TakeTurn(over);
        }
        catch (OperationCanceledException)
        {
            // The measurement is over.
        }
    }

    /// <summary>Gets how long it waited for each turn that it asked for in a time. After the end of <see cref="Run"/>.</summary>
    /// <param name="begin">When that began.</param>
    /// <param name="end">When it ended.</param>
    /// <returns>Milliseconds.</returns>
    public IEnumerable<double> WaitsMs(long begin, long end) =>
        _turns.Where(turn => turn.Asked >= begin && turn.Granted < end).Select(turn => Stopwatch.GetElapsedTime(turn.Asked, turn.Granted).TotalMilliseconds);

    private void TakeTurn(CancellationToken over)
    {
        long asked = Stopwatch.GetTimestamp();
        using DeviceLease lease = participant.Device.Grab(over);
        _turns.Add((asked, Stopwatch.GetTimestamp()));
        while (!lease.StopRequested && !over.IsCancellationRequested)
            participant.SendBatch(in lease, _frame);
        participant.Transmitter.WaitForDrain(in lease, TimeSpan.FromSeconds(1));
    }
}
