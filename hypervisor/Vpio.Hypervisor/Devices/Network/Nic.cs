using System.Diagnostics.CodeAnalysis;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor.Scheduling;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Is the network device of class 1: one register file, one ring each way, DMA by descriptors, nothing that helps sharing.</summary>
/// <remarks>
/// Frames that arrive for a guest are kept in that guest's parking, in order, and delivered while the guest owns the device.
/// A guest hears what is addressed to it or to a group, never what it sent itself. Source: <c>docs/nic.md</c>.
/// </remarks>
public sealed class Nic : IDevice, IFrameSink
{
    private const int MaxParkingFrames = 65_536;

    private readonly Lock _stationsGate = new();
    private readonly IWire _wire;
    private readonly NicOptions _options;
    private readonly int[]? _hardAffinity;
    private readonly Dictionary<DomainId, MacAddress> _addresses = [];
    private readonly Dictionary<DomainId, ReceivePolicy> _policies = [];
    private readonly FramePool _pool = new();
    private readonly FrameArrivals _arrivals = new();
    private NicStations _stations = NicStations.None;
    private NicWork? _work;
    private IDeviceEngine? _engine;
    private DeviceGate? _gate;
    private Exception? _wireFailure;

    /// <summary>Plugs a NIC into a wire.</summary>
    /// <param name="wire">The wire.</param>
    /// <param name="options">How it is set up.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public Nic(IWire wire, NicOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(wire);
        _options = options ?? new NicOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.ParkingFrames, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.ParkingFrames, MaxParkingFrames, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.GroupQuotaFrames, nameof(options));
        ArgumentNullException.ThrowIfNull(_options.ReceivePolicy, nameof(options));
        _hardAffinity = HardAffinity.Take(_options.HardAffinity, nameof(options));
        _wire = wire;
        wire.Connect(this);
    }

    /// <inheritdoc/>
    public DeviceClass Class => DeviceClass.Network;

    /// <inheritdoc/>
    public uint WindowBytes => NicRegister.WindowBytes;

    /// <summary>Gets whether the wire carries frames.</summary>
    public bool IsLinkUp => WireFailure is null;

    /// <summary>Gets why the wire broke, if it did.</summary>
    public Exception? WireFailure => Volatile.Read(ref _wireFailure);

    /// <summary>Gets how many frames came back to the device and have not reached all guests that they are for: those of the batch, frames to groups, and what is behind them.</summary>
    /// <remarks>At most 64. Who waits for all that was sent waits for this to be 0 as well.</remarks>
    public int FramesUnderWay => _arrivals.Count;

    /// <summary>Gives a guest its MAC address. It must have one before the NIC is assigned to it.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="address">The address; no other guest may have it.</param>
    /// <exception cref="ArgumentException">Another guest has the address.</exception>
    public void SetMacAddress(DomainId guest, MacAddress address)
    {
        lock (_stationsGate)
        {
            foreach ((DomainId other, MacAddress taken) in _addresses)
            {
                if (taken == address && other != guest)
                    throw new ArgumentException($"The address {address} belongs to guest {other} already; give {guest} another.", nameof(address));
            }

            _addresses[guest] = address;
        }
    }

    /// <summary>Chooses what becomes of frames for a guest while it does not hold the device. Before the NIC is assigned to it or while it runs.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="policy">The policy, for frames that arrive from now on. What is parked stays parked.</param>
    public void SetReceivePolicy(DomainId guest, ReceivePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        lock (_stationsGate)
        {
            _policies[guest] = policy;
            _stations.Find(guest)?.SetPolicy(policy);
        }
    }

    /// <summary>Counts what the NIC did for a guest.</summary>
    /// <param name="guest">The guest.</param>
    /// <returns>The counters; zeros for a guest that the NIC is not assigned to.</returns>
    public NicCounters GetCounters(DomainId guest) => Volatile.Read(ref _stations).Find(guest)?.Counters ?? default;

    /// <inheritdoc/>
    public void PlugIn(DeviceGate gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        if (_engine is not null)
            throw new InvalidOperationException("This NIC was plugged in before; make a new one on the same wire.");
        _gate = gate;
        _work = new NicWork(gate, _arrivals);
        _engine = MakeEngine?.Invoke(_work) ?? new DeviceEngine(_work, "vpio nic", _hardAffinity);
        _pool.ServeFirst(_engine);
    }

    /// <inheritdoc/>
    public void Unplug()
    {
        _engine?.Stop();

        // What arrived before is still accounted for, guest by guest.
        _arrivals.Finish();
    }

    /// <inheritdoc/>
    public DeviceContext CreateContext(GuestAttachment attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        lock (_stationsGate)
        {
            if (!_addresses.TryGetValue(attachment.Guest, out MacAddress address))
                throw new InvalidOperationException($"Guest {attachment.Guest} has no MAC address on this NIC; call {nameof(SetMacAddress)} first.");
            NicContext context = new(this, attachment, address, _options);
            if (_policies.TryGetValue(attachment.Guest, out ReceivePolicy? policy))
                context.SetPolicy(policy);
            Volatile.Write(ref _stations, _stations.With(context));
            return context;
        }
    }

    /// <inheritdoc/>
    public void RemoveContext(DeviceContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        lock (_stationsGate)
        {
            Volatile.Write(ref _stations, _stations.Without((NicContext)context));
        }
    }

    /// <inheritdoc/>
    public void ForgetGuest(DomainId guest)
    {
        lock (_stationsGate)
        {
            _addresses.Remove(guest);
            _policies.Remove(guest);
        }
    }

    /// <inheritdoc/>
    public void Wake() => _engine?.Wake();

    /// <inheritdoc/>
    public void Receive(ReadOnlySpan<byte> frame)
    {
        if (frame.Length is < (int)NicRegister.MinFrameBytesValue or > (int)NicRegister.MaxFrameBytesValue)
            return;

        FrameReceivers receivers = FrameReceivers.Of(Volatile.Read(ref _stations), frame);
        if (receivers.Count == 0)
            return;
        KeptFrame kept = _pool.Keep(frame, receivers.IsGroup);
        if (_engine is { IsCurrent: true })
            _arrivals.Add(kept, receivers);
        else
            _arrivals.Bring(kept, receivers);
    }

    /// <summary>Gets what runs the NIC from when it is plugged in: its own thread, unless somebody wants to say when it works.</summary>
    internal Func<IDeviceWork, IDeviceEngine>? MakeEngine { get; init; }

    /// <summary>Tells whether a guest owns the NIC now.</summary>
    internal bool IsOwnedBy(DomainId guest) => _gate is { } gate && gate.IsOwnedBy(guest);

    /// <summary>Asks for the device on behalf of a guest for which frames wait.</summary>
    internal void HandOver(DomainId guest) => _gate?.HandOver(guest);

    /// <summary>Brings what the wire brought back in this batch to the guests that it is for, up to the first frame to a group.</summary>
    internal void BringToOnes() => _arrivals.BringToOnes();

    /// <summary>Gets whether a frame that is sent now finds room, should the wire bring it back.</summary>
    internal bool HasRoom => _arrivals.HasRoom;

    /// <summary>Puts a frame on the wire.</summary>
    /// <returns><see langword="false"/> when the wire is broken.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A full disk, a cut cable, a wire with a fault of its own: the link goes down, device and hypervisor go on.")]
    internal bool TrySend(DomainId from, ReadOnlySpan<byte> frame, IFrameObserver? observer)
    {
        if (!IsLinkUp)
            return false;
        observer?.Sent(from, frame);
        try
        {
            _wire.Transmit(frame);
            return true;
        }
        catch (Exception failure)
        {
            Volatile.Write(ref _wireFailure, failure);
            return false;
        }
    }
}
