/// <summary>Reads counters by private members and local functions, of which the rules infer what they need.</summary>
public sealed class CounterReader
{
    private const int Packets = 0x80;
    private const int Bytes = 0x84;
    private const int Latch = 0x88;

    private readonly Nic _nic;
    private readonly Nic _mirror;

    public CounterReader(Nic nic, Nic mirror)
    {
        _nic = nic;
        _mirror = mirror;
    }

    public ulong Total()
    {
        Open();
        ulong total = Sum();
        _nic.Write(Latch, 0);
        Close();
        return total;
    }

    public bool TryTotal(out ulong total)
    {
        total = 0;
        if (!TryOpen())
            return false;
        total = Sum();
        Close();
        return true;
    }

    public uint Largest()
    {
        uint largest = 0;
        _nic.Grab();
        for (int i = 0; i < 8; i++)
            Consider(Packets + (i * 16));
        _nic.Release();
        return largest;

        void Consider(int offset)
        {
            uint value = _nic.Read(offset);
            if (value > largest)
                largest = value;
        }
    }

    public void ClearAll()
    {
        if (!_nic.TryGrab())
            return;
        Clear(Packets);
        Clear(Bytes);
        _nic.Release();

        void Clear(int offset) => _nic.Write(offset, 0);
    }

    public void Mirror()
    {
        _mirror.Grab();
        try
        {
            _mirror.Write(Packets, 1);
            Copy(_mirror);
        }
        finally
        {
            _mirror.Release();
        }
    }

    public void Poll()
    {
        Open();
        while (!IsWanted() && More())
            Step();
        Close();
    }

    private static void Copy(Nic card)
    {
        card.Write(Bytes, 2);
        MayFail();
    }

    private void Open() => _nic.Grab();

    private bool TryOpen() => _nic.TryGrab();

    private void Close()
    {
        _nic.Write(Latch, 0);
        _nic.Release();
    }

    private void Step()
    {
        _nic.Write(Latch, 1);
        _nic.Write(Latch, 0);
    }

    private bool IsWanted() => _nic.Wanted;

    private ulong Sum() => _nic.Read(Packets) + (ulong)_nic.Read(Bytes);
}
