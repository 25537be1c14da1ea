/// <summary>Tries to get a port, with longer and longer pauses. It never sleeps with the port held.</summary>
public sealed class RetryingPort
{
    private const int Command = 0x04;
    private const int MostTries = 10;

    private readonly Nic _port;
    private readonly Nic _spare;

    public RetryingPort(Nic port, Nic spare)
    {
        _port = port;
        _spare = spare;
    }

    public bool Send(uint command)
    {
        int delayMs = 1;
        for (int attempt = 0; attempt < MostTries; attempt++)
        {
            if (_port.TryGrab())
            {
                _port.Write(Command, command);
                _port.Write(Command, 0);
                _port.Release();
                return true;
            }

            Thread.Sleep(delayMs);
            delayMs *= 2;
        }

        return false;
    }

    public void SendAtLast(uint command)
    {
        while (!_port.TryGrab())
            Thread.Sleep(1);
        _port.Write(Command, command);
        _port.Release();
    }

    public bool SendByAnswer(uint command)
    {
        if (_port.Ask() != Answer.Granted)
            return false;
        _port.Write(Command, command);
        _port.Release();
        return true;
    }

    public int SendByErrno(uint command)
    {
        int error = _port.Errno();
        if (error == 0)
        {
            _port.Write(Command, command);
            _port.Release();
        }

        return error;
    }

    public bool SendOnEither(uint command)
    {
        if (_port.TryGrab())
        {
            _port.Write(Command, command);
            _port.Release();
            return true;
        }

        if (_spare.TryGrab())
        {
            _spare.Write(Command, command);
            _spare.Release();
            return true;
        }

        return false;
    }

    public bool SendWithin(int timeoutMs, uint command)
    {
        bool granted = false;
        _port.Ask(timeoutMs, ref granted);
        if (!granted)
            return false;
        _port.Write(Command, command);
        _port.Release();
        return granted;
    }

    public void SendIfGranted(uint command, bool isUrgent)
    {
        bool ok = isUrgent && _port.TryGrab();
        Log();
        if (ok)
            _port.Write(Command, command);
        Log();
        if (ok)
            _port.Release();
    }
}
