/// <summary>Drives a device that counts its grabs: a member may grab what its caller holds already.</summary>
public sealed class NestedCounter
{
    private readonly CountingNic _card = new();
    private readonly CountingNic _twin = new();

    public void Increment()
    {
        _card.Grab();
        _card.Write(0, 1);
        _card.Release();
    }

    public void IncrementTwice()
    {
        _card.Grab();
        try
        {
            _card.Write(0, 1);
            _card.Grab();
            _card.Write(4, 1);
            _card.Release();
            _card.Write(0, 2);
        }
        finally
        {
            _card.Release();
        }
    }

    public void IncrementSafely()
    {
        _card.Grab();
        try
        {
            Increment();
            _card.Write(8, 1);
            MayFail();
        }
        finally
        {
            _card.Release();
        }
    }

    public void IncrementBoth(bool deep)
    {
        _card.Grab();
        try
        {
            _card.Write(0, 1);
            if (deep)
            {
                _card.Grab();
                _card.Write(4, 1);
                _card.Release();
            }

            _card.Write(0, 3);
        }
        finally
        {
            _card.Release();
        }

        _twin.Grab();
        _twin.Write(0, 1);
        _twin.Release();
    }
}
