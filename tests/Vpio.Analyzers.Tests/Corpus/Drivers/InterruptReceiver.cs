/// <summary>Receives frames: waits for interrupts with the card held, and looks after each wait whether it still is.</summary>
public sealed class InterruptReceiver
{
    private const int Status = 0x08;
    private const int Head = 0x20;
    private const int Acknowledge = 0x24;

    private readonly Nic _nic;
    private readonly List<uint> _received = [];

    public InterruptReceiver(Nic nic) => _nic = nic;

    /// <summary>Waits for one frame.</summary>
    public bool TryReceive(out uint frame)
    {
        frame = 0;
        if (!_nic.TryGrab())
            return false;
        _nic.Write(Acknowledge, 0);
        _nic.WaitForInterrupt();
        if (!_nic.IsHeld)
            return false;
        frame = _nic.Read(Head);
        _nic.Write(Acknowledge, frame);
        _nic.Release();
        return true;
    }

    /// <summary>Receives until the card is lost or there is nothing more to wait for.</summary>
    public uint Drain()
    {
        uint sum = 0;
        _nic.Grab();
        while (More())
        {
            _nic.WaitForInterrupt();
            if (!_nic.IsHeld)
                return sum;
            sum += _nic.Read(Head);
            _nic.Write(Acknowledge, 1);
        }

        _nic.Release();
        return sum;
    }

    /// <summary>Receives, and grabs again when the card was lost in a wait.</summary>
    public void Follow()
    {
        _nic.Grab();
        while (Flip())
        {
            _nic.WaitForInterrupt();
            if (!_nic.IsHeld)
                _nic.Grab();
            _nic.Write(Acknowledge, 1);
        }

        _nic.Release();
    }

    /// <summary>Collects what arrived, without a wait.</summary>
    public void Collect()
    {
        _nic.Grab();
        try
        {
            while ((_nic.Read(Status) & 1) != 0)
            {
                if (_nic.Wanted)
                    break;
                _received.Add(_nic.Read(Head));
                _nic.Write(Acknowledge, 1);
            }
        }
        finally
        {
            _nic.Release();
        }
    }

    /// <summary>Waits for a status bit.</summary>
    public bool WaitForLink()
    {
        if (!_nic.TryGrab())
            return false;
        bool isUp = false;
        for (int i = 0; i < 8; i++)
        {
            isUp = (_nic.Read(Status) & 2) != 0;
            if (isUp)
                break;
            _nic.WaitForInterrupt();
            if (!_nic.IsHeld)
                return false;
        }

        _nic.Write(Acknowledge, 2);
        _nic.Release();
        return isUp;
    }
}
