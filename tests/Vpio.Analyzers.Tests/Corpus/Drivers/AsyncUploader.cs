/// <summary>Uploads asynchronously: whatever it waits for, it waits without the card.</summary>
public sealed class AsyncUploader
{
    private const int Data = 0x40;
    private const int Done = 0x48;

    private readonly Nic _nic;

    public AsyncUploader(Nic nic) => _nic = nic;

    public async Task Upload(IReadOnlyList<uint> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            await Later();
            uint word = words[i];
            _nic.Grab();
            _nic.Write(Data, word);
            _nic.Write(Done, 1);
            _nic.Release();
        }

        await Later();
    }

    public async Task<bool> TryUpload(uint word)
    {
        await Later();
        if (!_nic.TryGrab())
            return false;
        _nic.Write(Data, word);
        _nic.Release();
        await Later();
        return true;
    }

    public async Task<uint> Download()
    {
        uint word;
        _nic.Grab();
        try
        {
            word = _nic.Read(Data);
            MayFail();
            _nic.Write(Done, 1);
        }
        finally
        {
            _nic.Release();
        }

        await Later();
        return word;
    }

    public async Task UploadByLease(uint word)
    {
        await Later();
        await using (Lease lease = await _nic.GrabLeaseAsync())
        {
            lease.Write(Data, word);
            lease.Write(Done, 1);
        }

        await Later();
    }

    public async Task Retry(uint word)
    {
        while (!_nic.TryGrab())
            await Later();
        _nic.Write(Data, word);
        _nic.Write(Done, 1);
        _nic.Release();
    }

    public async Task Turns()
    {
        while (More())
        {
            if (_nic.TryGrab())
            {
                while (More() && !_nic.Wanted)
                    _nic.Write(Data, 1);
                _nic.Release();
            }

            await Later();
        }
    }

    public async Task Scoped(uint word)
    {
        await Later();
        using (_nic.Enter())
        {
            _nic.Write(Data, word);
            MayFail();
        }

        await Later();
    }
}
