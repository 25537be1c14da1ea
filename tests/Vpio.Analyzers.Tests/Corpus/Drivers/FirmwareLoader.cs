/// <summary>Loads a firmware image in pieces. What it holds depends on answers that it keeps.</summary>
public sealed class FirmwareLoader
{
    private const int Address = 0x60;
    private const int Word = 0x64;
    private const int Go = 0x68;

    private readonly Nic _nic;
    private readonly Nic _backup;

    public FirmwareLoader(Nic nic, Nic backup)
    {
        _nic = nic;
        _backup = backup;
    }

    public bool Load(ReadOnlySpan<uint> image)
    {
        if (image.IsEmpty || !_nic.TryGrab())
            return false;
        try
        {
            bool isWhole = Copy(image);
            if (isWhole)
                _nic.Write(Go, 1);
            return isWhole;
        }
        finally
        {
            _nic.Release();
        }
    }

    public void LoadSlowly(uint[] image)
    {
        int next = 0;
        while (next < image.Length)
        {
            if (!_nic.TryGrab())
            {
                Thread.Sleep(1);
                continue;
            }

            for (int i = 0; i < 8; i++)
                _nic.Write(Word, (uint)i);
            next += 8;
            _nic.Release();
        }
    }

    public bool Start(bool withBackup)
    {
        Nic card = withBackup ? _backup : _nic;
        card.Grab();
        card.Write(Go, 1);
        card.Release();
        return withBackup;
    }

    public void Verify(int mode)
    {
        switch (mode)
        {
            case 0:
                return;
            case 1:
                _nic.Grab();
                _nic.Write(Address, 0);
                _nic.Release();
                break;
            default:
                if (_nic.TryGrab())
                {
                    _nic.Write(Address, (uint)mode);
                    _nic.Write(Go, 0);
                    _nic.Release();
                }

                break;
        }

        Log();
    }

    public void Erase(bool isFast)
    {
        bool granted = _nic.TryGrab();
        if (!granted)
            Log();
        if (granted)
        {
            _nic.Write(Address, isFast ? 1u : 0u);
            _nic.Write(Go, 2);
        }

        if (granted)
            _nic.Release();
    }

    public bool HasLoaded() => _nic.TryGrab() && Confirm();

    public void Advise()
    {
        if (_nic.LooksIdle && _nic.TryGrab())
        {
            _nic.Write(Go, 4);
            _nic.Release();
        }
    }

    private bool Confirm()
    {
        bool isLoaded = _nic.Read(Go) == 1;
        _nic.Write(Go, 0);
        _nic.Release();
        return isLoaded;
    }

    private bool Copy(ReadOnlySpan<uint> image)
    {
        for (int i = 0; i < image.Length; i++)
        {
            if (_nic.Wanted)
                return false;
            _nic.Write(Word, image[i]);
        }

        return true;
    }
}
