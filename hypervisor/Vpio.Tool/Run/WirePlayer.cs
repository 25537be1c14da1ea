using Vpio.Hypervisor.Devices.Network;
using Vpio.Tool.Accounting;
using Vpio.Tool.Guests;
using Vpio.Tool.Traffic;

namespace Vpio.Tool.Run;

/// <summary>Sends a stream of frames from the far end of the wire, on a thread of its own.</summary>
internal sealed class WirePlayer
{
    // Far less than what is parked for a guest, so that "as fast as it goes" means as fast as the guests take it.
    private const int MostUnderWay = 32;

    private readonly IFrameSink _wire;
    private readonly IFrameStream _stream;
    private readonly FrameRate _rate;
    private readonly FrameLedger _ledger;
    private readonly CancellationToken _sendingEnds;
    private readonly Thread _thread;
    private IOException? _failure;
    private long _played;

    /// <summary>Makes the player; it does nothing before <see cref="Start"/>.</summary>
    /// <param name="wire">The end of the wire that leads to the NIC.</param>
    /// <param name="stream">What to play.</param>
    /// <param name="rate">How fast.</param>
    /// <param name="ledger">Who is told of each frame.</param>
    /// <param name="sendingEnds">Ends the playing.</param>
    internal WirePlayer(IFrameSink wire, IFrameStream stream, FrameRate rate, FrameLedger ledger, CancellationToken sendingEnds)
    {
        _wire = wire;
        _stream = stream;
        _rate = rate;
        _ledger = ledger;
        _sendingEnds = sendingEnds;
        _thread = new Thread(Play) { IsBackground = true, Name = "vpio far end" };
    }

    /// <summary>Gets how many frames were played.</summary>
    internal long Played => Volatile.Read(ref _played);

    /// <summary>Gets why the wire broke, if it did.</summary>
    internal IOException? Failure => Volatile.Read(ref _failure);

    /// <summary>Gets whether all was played, or playing has ended.</summary>
    internal bool HasEnded => _thread.ThreadState == ThreadState.Stopped;

    /// <summary>Begins.</summary>
    internal void Start() => _thread.Start();

    /// <summary>Waits for the end.</summary>
    internal void Join() => _thread.Join();

    private void Play()
    {
        var pace = new Pace(_rate, TimeProvider.System);
        try
        {
            while (!_sendingEnds.IsCancellationRequested && _stream.HasNext)
            {
                if (!TryPlayNext(pace))
                    _sendingEnds.WaitHandle.WaitOne(1);
            }
        }
        catch (IOException failure)
        {
            Volatile.Write(ref _failure, failure);
        }
    }

    private bool TryPlayNext(Pace pace)
    {
        ReadOnlySpan<byte> frame = _stream.Peek();
        if (pace.Due() == 0 || (_rate.IsMax && _ledger.CountUnderWay(frame) >= MostUnderWay))
            return false;
        _ledger.Announce(frame);
        _wire.Receive(frame);
        _stream.Advance();
        pace.Took(1);
        Volatile.Write(ref _played, _played + 1);
        return true;
    }
}
