/// <summary>Works on views of a device's memory, which live no longer than the hold.</summary>
public sealed class MappedRing
{
    private const int Entries = 32;

    private readonly Nic _nic = new();
    private readonly Nic _backup = new();

    public void Fill(uint value)
    {
        _nic.Grab();
        try
        {
            Buffer ring = _nic.Map(0, Entries * 4);
            for (int i = 0; i < Entries; i++)
                ring[i] = value;
            Peek(ring);
            _nic.Write(0, 1);
        }
        finally
        {
            _nic.Release();
        }
    }

    public uint First()
    {
        if (!_nic.TryGrab())
            return 0;
        Buffer ring = _nic.Map(0, 4);
        uint first = ring[0];
        ring[0] = 0;
        _nic.Release();
        return first;
    }

    public void Copy()
    {
        using Scope scope = _nic.Enter();
        Window registers = _nic.Registers;
        registers[0] = registers[4];
        Buffer ring = _nic.Map(0, 64);
        Peek(ring);
        registers[8] = ring[1];
    }

    public unsafe void Pulse()
    {
        _nic.Grab();
        uint* raw = _nic.Raw;
        *raw = 1;
        raw[1] = 0;
        _nic.Release();
    }

    public uint ReadEach()
    {
        uint sum = 0;
        _nic.Grab();
        Buffer ring = _nic.Map(0, Entries * 4);
        int i = 0;
        while (i < Entries)
        {
            if (_nic.Wanted)
                break;
            sum += ring[i++];
        }

        _nic.Release();
        return sum;
    }

    public void Mirror()
    {
        _nic.Grab();
        uint word = _nic.Map(0, 4)[0];
        _nic.Write(4, word);
        _nic.Release();
        _backup.Grab();
        Buffer target = _backup.Map(0, 4);
        target[0] = 1;
        _backup.Write(4, 1);
        _backup.Release();
    }
}
