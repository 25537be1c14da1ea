using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Protocol.Tests.Network;

/// <summary>Is a guest that sends to others and reads what comes, on a thread of its own, until it is told to end or its device is gone.</summary>
internal sealed class StreamingGuest
{
    private const int FramesATurn = 8;

    private readonly RawNic _nic;
    private readonly FrameLog _log;
    private readonly uint _device;
    private Task _life = Task.CompletedTask;
    private bool _started;
    private bool _over;
    private int _received;
    private int _sent;

    private StreamingGuest(RawGuest raw, DeviceIndex device, FrameLog log) => (Raw, _nic, _log, _device) = (raw, new RawNic(raw, device.Value), log, device.Value);

    public RawGuest Raw { get; }

    public int Received => Volatile.Read(ref _received);

    private StateWord Word => Raw.WordOf(new DeviceIndex(_device));

    private bool Owns => Word.IsHeld && Word.Owner == Raw.Id;

    /// <summary>Assigns a device to a guest.</summary>
    public static StreamingGuest Admit(ReferenceHypervisor hypervisor, SharedDevice device, RawGuest guest, FrameLog log)
    {
        ((Nic)device.Device).SetMacAddress(guest.Id, World.AddressOf(guest.Id.Value));
        hypervisor.Assign(guest.Guest, device);
        return new StreamingGuest(guest, device.Index, log);
    }

    public void Start(IEnumerable<RawGuest> others)
    {
        MacAddress[] to = [.. others.Select(other => World.AddressOf(other.Id.Value)), MacAddress.Broadcast];
        _life = Task.Factory.StartNew(() => Live(to), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public void End() => Volatile.Write(ref _over, true);

    public override string ToString() => $"guest {Raw.Id} ({Raw.Guest.State}) received {Received}, {Word}";

    public bool Ended(TimeSpan patience) => _life.Wait(patience);

    /// <summary>Reads what the device had delivered, each frame the next that was accepted; needs no device.</summary>
    public void ReadRest()
    {
        while (_started && _nic.TryTake() is { } frame)
        {
            Assert.That(RawNic.NumberOf(frame), Is.EqualTo(_log.TakeDue(Raw.Id)), "another frame than the next that was accepted");
            Volatile.Write(ref _received, _received + 1);
        }
    }

    private void Live(MacAddress[] to)
    {
        while (!Volatile.Read(ref _over))
        {
            DeviceStatus status = Raw.Queue(_device);
            if (status == DeviceStatus.Queued && !AwaitGrant())
                return;
            if (status == DeviceStatus.NoDevice)
                return;
            Assert.That(status, Is.AnyOf(DeviceStatus.Ok, DeviceStatus.Queued));
            Generation held = Word.Generation;
            TakeTurn(to);
            Raw.Release(held, _device);
            ReadRest();
        }
    }

    /// <summary>Sleeps until it owns the device.</summary>
    /// <returns><see langword="false"/> when the device was removed first.</returns>
    private bool AwaitGrant()
    {
        while (true)
        {
            // The word decides: an event may be of the device that was here before.
            Raw.TakeEvents(_device);
            if (Owns)
                return true;
            if (Word.State == DeviceState.Offline)
                return false;
            Raw.Wait();
        }
    }

    private void TakeTurn(MacAddress[] to)
    {
        if (!_started)
        {
            _started = _nic.TryStart(() => Owns);
            return;
        }

        _nic.RingReceive();
        for (int i = 0; i < FramesATurn && _nic.Unsent < RawNic.Entries / 2; i++)
            _nic.Send(RawNic.Frame(to[_sent % to.Length], _nic.Address, ++_sent));
        SpinWait.SpinUntil(() => _nic.Unsent == 0 || !Owns, 5);
        ReadRest();
        _nic.RingReceive();
    }
}
