/// <summary>Probes a card, and gives it back for the time of a slow step.</summary>
public sealed class PausingProbe
{
    private const int Start = 0x30;
    private const int Result = 0x34;

    private readonly Nic _nic = new();
    private readonly Nic _monitor = new();
    private readonly List<uint> _results = [];

    public uint Probe()
    {
        using Scope scope = _nic.Enter();
        _nic.Write(Start, 1);
        using (_nic.Pause())
        {
            Thread.Sleep(10);
        }

        uint result = _nic.Read(Result);
        _nic.Write(Start, 0);
        return result;
    }

    public void ProbeAll()
    {
        using Scope scope = _nic.Enter();
        for (int i = 0; i < 4; i++)
        {
            _nic.Write(Start, (uint)i);
            using (_nic.Pause())
                MayFail();
            _results.Add(_nic.Read(Result));
        }
    }

    public bool TryProbe()
    {
        using Scope scope = _nic.TryEnter();
        if (!scope.Granted)
            return false;
        _nic.Write(Start, 1);
        using (_nic.Pause())
        {
            using (_monitor.Enter())
            {
                _monitor.Write(Start, 1);
                MayFail();
            }

            Log();
        }

        _nic.Write(Start, 0);
        return true;
    }

    public void Watch()
    {
        using Scope scope = _nic.Enter();
        while (More())
        {
            if (_nic.Wanted)
            {
                using (_nic.Pause())
                    Thread.Yield();
                continue;
            }

            _nic.Write(Start, 1);
        }
    }

    public void Monitor()
    {
        _monitor.Grab();
        _monitor.Write(Start, 1);
        _monitor.Release();
        Thread.Sleep(1);
        _monitor.Grab();
        _monitor.Write(Start, 0);
        _monitor.Release();
    }
}
