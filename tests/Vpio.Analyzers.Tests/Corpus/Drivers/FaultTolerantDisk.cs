/// <summary>Gives the device back whatever goes wrong: finally, filters, catches that go on and catches that do not.</summary>
public sealed class FaultTolerantDisk
{
    private const int Sector = 0x00;
    private const int Error = 0x04;

    private readonly Nic _disk;
    private readonly Nic _journal;
    private int _errors;

    public FaultTolerantDisk(Nic disk, Nic journal)
    {
        _disk = disk;
        _journal = journal;
    }

    public void Write(uint sector)
    {
        _disk.Grab();
        try
        {
            _disk.Write(Sector, sector);
            MayFail();
        }
        finally
        {
            _disk.Release();
        }
    }

    public bool TryWrite(uint sector)
    {
        _disk.Grab();
        try
        {
            _disk.Write(Sector, sector);
            MayFail();
            return true;
        }
        catch (IOException) when (_disk.Read(Error) != 0)
        {
            _errors++;
            return false;
        }
        finally
        {
            _disk.Release();
        }
    }

    public void WriteOrUndo(uint sector)
    {
        _disk.Grab();
        try
        {
            _disk.Write(Sector, sector);
            MayFail();
        }
        catch
        {
            _disk.Write(Sector, 0);
            _disk.Release();
            throw;
        }

        _disk.Write(Error, 0);
        _disk.Release();
    }

    public void WriteIgnoring(uint sector)
    {
        if (!_disk.TryGrab())
            return;
        try
        {
            MayFail();
            _disk.Write(Sector, sector);
        }
        catch (Exception)
        {
            _errors++;
        }

        _disk.Write(Error, 0);
        _disk.Release();
    }

    public uint Check()
    {
        _disk.Grab();
        try
        {
            if (_disk.Read(Error) == 0)
                return 0;
            MayFail();
            return _disk.Read(Sector);
        }
        finally
        {
            _disk.Write(Error, 0);
            _disk.Release();
        }
    }

    public void Commit(uint sector)
    {
        bool isHeld = false;
        try
        {
            MayFail();
            _disk.Grab();
            isHeld = true;
            _disk.Write(Sector, sector);
            MayFail();
        }
        finally
        {
            if (isHeld)
                _disk.Release();
        }
    }

    public void Journal(uint sector)
    {
        _disk.Grab();
        try
        {
            _journal.Grab();
            try
            {
                _journal.Write(Sector, sector);
                MayFail();
            }
            finally
            {
                _journal.Release();
            }

            _disk.Write(Sector, sector);
        }
        finally
        {
            _disk.Release();
        }
    }

    public void Refuse(uint sector)
    {
        _disk.Grab();
        if (_disk.Read(Error) != 0)
        {
            _disk.Release();
            throw new InvalidOperationException();
        }

        _disk.Write(Sector, sector);
        _disk.Release();
    }
}
