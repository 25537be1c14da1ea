/// <summary>Runs pieces of work that are handed to it with the card held.</summary>
public sealed class DelegatedWork
{
    private const int Step = 0x14;

    private readonly Nic _nic = new();
    private readonly Nic _log = new();
    private readonly Dictionary<int, HeldAction> _steps = [];

    [RequiresHeld(nameof(card)), NoThrow]
    public static void Clear(Nic card)
    {
        card.Write(Step, 0);
        card.Write(Step + 4, 0);
    }

    public void Run(HeldAction action)
    {
        _nic.Grab();
        try
        {
            action(_nic);
            _nic.Write(Step, 1);
        }
        finally
        {
            _nic.Release();
        }
    }

    public void RunCleared() => Run(Clear);

    public void Register()
    {
        _steps[0] = Clear;
        _steps[1] = card => card.Write(Step, 2);
    }

    public void RunNow()
    {
        using Scope scope = _nic.Enter();
        Now(() => _nic.Write(Step, 3));
        _nic.Write(Step, 0);
    }

    public void RunInPlace(uint value)
    {
        _nic.Grab();
        try
        {
            Action write = () => _nic.Write(Step, value);
            write();
            write();
        }
        finally
        {
            _nic.Release();
        }
    }

    public void Defer() => Keep(() =>
    {
        if (!_nic.TryGrab())
            return;
        _nic.Write(Step, 4);
        _nic.Release();
    });

    public void DeferTwice()
    {
        Keep(() =>
        {
            _log.Grab();
            _log.Write(Step, 1);
            _log.Release();
        });
        using (_log.Enter())
        {
            _log.Write(Step, 2);
            MayFail();
        }
    }

    public uint Sum(IReadOnlyList<int> offsets)
    {
        using Scope scope = _nic.Enter();
        return (uint)offsets.Sum(offset => _nic.Read(offset));
    }
}
