/// <summary>Posts to a queue of a device and to its registers: one ownership.</summary>
public sealed class QueuePair
{
    private const int Doorbell = 0x50;

    private readonly Queue _sends = new();
    private readonly Queue _receives = new();

    public void Post(uint value)
    {
        _sends.Grab();
        _sends.Post(value);
        _sends.Parent.Write(Doorbell, 1);
        _sends.Release();
    }

    public bool TryPost(uint value)
    {
        if (!_sends.Parent.TryGrab())
            return false;
        _sends.Post(value);
        _sends.Parent.Write(Doorbell, 1);
        _sends.Parent.Release();
        return true;
    }

    public void Refill(int count)
    {
        _receives.Grab();
        try
        {
            while (count-- > 0 && !_receives.Parent.Wanted)
            {
                _receives.Post(0);
                MayFail();
            }
        }
        finally
        {
            _receives.Release();
        }
    }

    public void PostBoth(uint value)
    {
        _sends.Grab();
        _sends.Post(value);
        _sends.Release();
        _receives.Grab();
        _receives.Post(0);
        _receives.Release();
    }
}
