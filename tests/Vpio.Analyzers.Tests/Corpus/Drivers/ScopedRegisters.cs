/// <summary>Reads and writes registers, each time in a scope of its own.</summary>
public sealed class ScopedRegisters
{
    private const int Control = 0x00;
    private const int Status = 0x04;

    private readonly Nic _nic;
    private readonly List<uint> _history = [];

    public ScopedRegisters(Nic nic) => _nic = nic;

    public uint ReadStatus()
    {
        using Scope scope = _nic.Enter();
        uint status = _nic.Read(Status);
        _history.Add(status);
        return status;
    }

    public void Set(uint bits)
    {
        using (_nic.Enter())
        {
            _nic.Write(Control, _nic.Read(Control) | bits);
            MayFail();
        }
    }

    public bool TrySet(uint bits)
    {
        using Scope scope = _nic.TryEnter();
        if (!scope.Granted)
            return false;
        _nic[Control] |= bits;
        _nic.Write(Status, 0);
        return true;
    }

    public uint? TryRead(int offset)
    {
        using Scope scope = _nic.TryEnter();
        if (scope.Granted)
        {
            MayFail();
            return _nic.Read(offset);
        }

        return null;
    }

    public void Clear(int from, int to)
    {
        using Scope scope = _nic.Enter();
        for (int offset = from; offset < to && !_nic.Wanted; offset += 4)
            _nic.Write(offset, 0);
    }

    public void WriteTwice(uint value)
    {
        using Scope scope = _nic.Enter();
        _nic.Write(Control, value);
        scope.Release();
        Thread.Sleep(1);
        scope.Regrab();
        _nic.Write(Control, value);
    }

    public void Exchange(Nic target)
    {
        uint word;
        using (Scope scope = _nic.Enter())
            word = _nic.Read(Control);
        using (Scope scope = target.TryEnter())
        {
            if (scope.Granted)
                target.Write(Control, word);
        }
    }

    public void Program(ReadOnlySpan<uint> words)
    {
        using Scope scope = _nic.Enter();
        Window registers = _nic.Registers;
        int offset = 0;
        foreach (uint word in words)
        {
            if (_nic.Wanted)
                return;
            registers[offset] = word;
            offset += 4;
        }
    }
}
