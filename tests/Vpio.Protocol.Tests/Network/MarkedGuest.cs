namespace Vpio.Protocol.Tests.Network;

/// <summary>Is a guest that knows its mark, and looks at every byte of every buffer that a device may have written.</summary>
internal sealed class MarkedGuest
{
    private readonly FrameLog _log;
    private bool _running;

    public MarkedGuest(RawGuest raw, byte mark, FrameLog log)
    {
        (Raw, Mark, _log) = (raw, mark, log);
        Nic = new RawNic(raw).MapAll();
        for (uint place = 0; place < RawNic.Entries; place++)
            Nic.RxBuffer(place).Fill(RawNic.Poison);
    }

    public RawGuest Raw { get; }

    public byte Mark { get; }

    public RawNic Nic { get; private set; }

    /// <summary>Gets whether everything that was accepted for it and not thrown away was read.</summary>
    public bool HasReadAll => _log.CountDue(Raw.Id) == 0;

    /// <summary>Starts the rings of a guest that owns the device, or goes on with those that it has.</summary>
    public void SetUp()
    {
        if (_running)
        {
            Nic.RingReceive();
            return;
        }

        Nic = new RawNic(Raw).Start();
        _running = true;
    }

    /// <summary>Counts its rings as gone.</summary>
    public void Forget() => _running = false;

    /// <summary>Reads what is in its ring, and holds each frame against what was accepted for it.</summary>
    /// <returns>To whom each was addressed.</returns>
    public List<byte> ReadAll()
    {
        List<byte> read = [];
        while (_running && Nic.HasFrame)
        {
            Check(Nic.NextRxBuffer);
            byte[] frame = Nic.TryTake()!;
            Assert.That(RawNic.NumberOf(frame), Is.EqualTo(_log.TakeDue(Raw.Id)), $"guest {Raw.Id} read another frame than the next that was accepted for it");
            read.Add(frame[0]);
        }

        if (_running && Raw.Owns)
            Nic.RingReceive();
        return read;
    }

    /// <summary>Waits, if it owns the device and something was accepted for it, until the device has delivered that.</summary>
    public void AwaitFrameIfDue()
    {
        if (_running && Raw.Owns)
            RawNic.Eventually(() => HasReadAll || Nic.HasFrame, $"what is due to guest {Raw.Id} is delivered");
    }

    /// <summary>Looks at every receive buffer; the device does not write there now.</summary>
    public void LookThrough()
    {
        for (uint place = 0; place < RawNic.Entries; place++)
            Check(Nic.RxBuffer(place));
    }

    private void Check(ReadOnlySpan<byte> buffer)
    {
        if (MarkedFrame.Complaint(buffer, Mark) is { } complaint)
            Assert.Fail($"Guest {Raw.Id} of mark {Mark:x2} finds {complaint}.");
    }
}
