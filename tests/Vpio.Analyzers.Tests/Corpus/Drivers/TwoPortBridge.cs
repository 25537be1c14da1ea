/// <summary>Copies between two ports. It always grabs the left one first.</summary>
public sealed class TwoPortBridge
{
    private const int Data = 0x40;
    private const int Count = 0x44;

    private readonly Nic _left = new();
    private readonly Nic _right = new();

    public void CopyOne()
    {
        _left.Grab();
        try
        {
            _right.Grab();
            try
            {
                _right.Write(Data, _left.Read(Data));
                Show(_left);
            }
            finally
            {
                _right.Release();
            }
        }
        finally
        {
            _left.Release();
        }
    }

    public bool TryCopy()
    {
        if (!_left.TryGrab())
            return false;
        if (!_right.TryGrab())
        {
            _left.Release();
            return false;
        }

        while (More())
        {
            if (_left.Wanted || _right.Wanted)
                break;
            _right.Write(Data, _left.Read(Data));
        }

        _right.Release();
        _left.Release();
        return true;
    }

    public void Forward()
    {
        uint word;
        using (_left.Enter())
        {
            word = _left.Read(Data);
            _left.Write(Count, 0);
        }

        using (_right.Enter())
        {
            _right.Write(Data, word);
            _right.Write(Count, 1);
        }
    }

    public void ResetLeft()
    {
        if (!_left.TryGrab())
            return;
        _left.Write(Data, 0);
        _left.Write(Count, 0);
        _left.Release();
    }

    public void ResetRight(bool thoroughly)
    {
        _right.Grab();
        _right.Write(Data, 0);
        if (thoroughly)
        {
            for (int i = 0; i < 32; i++)
                _right.Write(i * 4, 0);
        }

        _right.Release();
    }

    public void ResetBoth()
    {
        if (_left.TryGrab())
        {
            if (_right.TryGrab())
            {
                _right.Write(Count, 0);
                _right.Release();
            }

            _left.Write(Count, 0);
            _left.Release();
        }
    }

    public void CopyBetween(Nic source, Nic target)
    {
        source.Grab();
        uint word = source.Read(Data);
        source.Release();
        target.Grab();
        target.Write(Data, word);
        target.Release();
    }
}
