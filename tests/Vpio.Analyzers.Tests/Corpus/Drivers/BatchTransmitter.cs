/// <summary>Sends frames in batches. Between two frames it looks whether somebody else wants the card.</summary>
public sealed class BatchTransmitter
{
    private const int Tail = 0x10;
    private const int Doorbell = 0x18;
    private const int BatchLength = 16;

    private readonly Nic _nic;
    private readonly Queue<uint> _frames = new();
    private uint _tail;

    public BatchTransmitter(Nic nic) => _nic = nic;

    /// <summary>Sends what is queued, and gives the card back early when it is wanted.</summary>
    public void SendQueued()
    {
        _nic.Grab();
        try
        {
            while (_frames.Count > 0 && !_nic.Wanted)
            {
                _nic.Write(Tail, _frames.Dequeue());
                _nic.Write(Doorbell, ++_tail);
            }
        }
        finally
        {
            _nic.Release();
        }
    }

    /// <summary>Sends one batch, if the card is free.</summary>
    public bool TrySendBatch(ReadOnlySpan<uint> batch)
    {
        if (!_nic.TryGrab())
            return false;
        for (int i = 0; i < BatchLength; i++)
            _nic.Write(Tail + (i * 4), (uint)i);
        _nic.Write(Doorbell, _tail);
        _nic.Release();
        return true;
    }

    /// <summary>Sends for ever, one turn with the card after the other.</summary>
    public void Run()
    {
        while (More())
        {
            if (!_nic.TryGrab())
            {
                Thread.Yield();
                continue;
            }

            while (More())
            {
                if (_nic.Wanted)
                    break;
                _nic.Write(Doorbell, _tail++);
            }

            _nic.Release();
            Log();
        }
    }

    /// <summary>Quiesces the card when it is wanted back.</summary>
    public void Stream()
    {
        _nic.Grab();
        while (true)
        {
            if (_nic.Wanted)
            {
                _nic.Quiesce();
                _nic.Release();
                return;
            }

            if (!Flip())
                break;
            _nic.Write(Doorbell, _tail);
        }

        _nic.Release();
    }

    /// <summary>Sends until the ring is full.</summary>
    public int Fill(int room)
    {
        int sent = 0;
        if (_nic.TryGrab())
        {
            do
            {
                _nic.Write(Tail, (uint)sent);
                sent++;
            }
            while (sent < room && !_nic.Wanted);
            _nic.Release();
        }

        return sent;
    }
}
