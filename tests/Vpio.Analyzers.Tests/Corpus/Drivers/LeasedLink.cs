/// <summary>Holds the card from <c>Open</c> to <c>Close</c> by a lease that it owns.</summary>
public sealed class LeasedLink : IDisposable
{
    private const int Enable = 0x0c;
    private const int Data = 0x10;

    private readonly Nic _nic;
    [Owns] private Lease? _lease;

    public LeasedLink(Nic nic) => _nic = nic;

    public bool TryOpen()
    {
        Close();
        if (!_nic.TryGrab(out Lease? lease))
            return false;
        lease.Write(Enable, 1);
        _lease = lease;
        return true;
    }

    public void Close()
    {
        _lease?.Dispose();
        _lease = null;
    }

    public void SendOnce(uint word)
    {
        using Lease lease = _nic.GrabLease();
        lease.Write(Data, word);
        MayFail();
        lease.Write(Data, 0);
    }

    public bool TrySendOnce(uint word)
    {
        Lease? lease = _nic.TryGrabOrNull();
        if (lease is null)
            return false;
        lease.Write(Data, word);
        lease.Dispose();
        return true;
    }

    public bool TrySendSafely(uint word)
    {
        using Lease? lease = _nic.TryGrabOrNull();
        if (lease is null)
            return false;
        MayFail();
        lease.Write(Data, word);
        return true;
    }

    public void HandOn(uint word)
    {
        if (_nic.TryGrab(out Lease? lease))
        {
            lease.Write(Data, word);
            Take(lease);
        }
    }

    public void SendTraced(uint word)
    {
        Lease lease = _nic.GrabLease();
        try
        {
            lease.Write(Enable, 1);
            MayFail();
            lease.Write(Data, word);
        }
        finally
        {
            lease.Dispose();
        }
    }

    public void Dispose() => _lease?.Dispose();
}
