using System.Buffers.Binary;
using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Fuzz.Worlds;

/// <summary>Brings each frame back, as a loopback does, and judges what a NIC sends and whom it lets hear it.</summary>
/// <remarks>A NIC catches what its wire throws, so the first promise that did not hold is kept until somebody asks.</remarks>
internal sealed class TappedWire : IWire, IFrameObserver
{
    private readonly byte[] _latest = new byte[NicRegister.MaxFrameBytesValue];
    private int _latestBytes;
    private IFrameSink? _nic;
    private MacAddress? _sender;
    private string? _broken;

    /// <summary>Gets how many frames the NIC sent.</summary>
    public ulong Frames { get; private set; }

    /// <summary>Gets the frame that it sent last.</summary>
    public ReadOnlySpan<byte> Latest => _latest.AsSpan(0, _latestBytes);

    /// <inheritdoc/>
    public void Connect(IFrameSink nic) => _nic = nic;

    /// <summary>Says who owns the NIC, so that nobody else may be heard.</summary>
    /// <param name="owner">Its address; <see langword="null"/> when nobody owns it.</param>
    public void Expect(MacAddress? owner) => _sender = owner;

    /// <summary>Throws if a promise was broken.</summary>
    public void Check() => BrokenPromiseException.Unless(_broken is null, _broken ?? "");

    /// <summary>Brings a frame from outside.</summary>
    /// <param name="frame">The frame.</param>
    public void Bring(ReadOnlySpan<byte> frame) => _nic!.Receive(frame);

    /// <inheritdoc/>
    public void Transmit(ReadOnlySpan<byte> frame)
    {
        Frames++;
        if (frame.Length is < (int)NicRegister.MinFrameBytesValue or > (int)NicRegister.MaxFrameBytesValue)
        {
            _broken ??= "A frame on the wire has 14 to 1514 bytes";
            return;
        }

        if (SourceOf(frame) != _sender)
            _broken ??= "A frame on the wire comes from the owner's address";
        if (frame.IndexOf(FuzzGuest.Secret) >= 0)
            _broken ??= "What no guest ever mapped is on no wire";
        frame.CopyTo(_latest);
        _latestBytes = frame.Length;
        _nic!.Receive(frame);
    }

    /// <inheritdoc/>
    public void Sent(DomainId sender, ReadOnlySpan<byte> frame)
    {
        if (FuzzGuest.AddressOf(sender) != _sender)
            _broken ??= "A NIC sends for its owner only";
    }

    /// <inheritdoc/>
    public void Arrived(DomainId receiver, ReadOnlySpan<byte> frame, FrameFate fate)
    {
        MacAddress address = FuzzGuest.AddressOf(receiver);
        MacAddress destination = new(BinaryPrimitives.ReadUInt64LittleEndian(frame));
        if (!destination.IsGroup && destination != address)
            _broken ??= "A guest hears what is addressed to it or to a group";
        if (SourceOf(frame) == address)
            _broken ??= "No guest hears what it sent itself";
    }

    /// <inheritdoc/>
    public void Discarded(DomainId receiver, int frames)
    {
        if (frames <= 0)
            _broken ??= "What is discarded is told when there was any";
    }

    private static MacAddress SourceOf(ReadOnlySpan<byte> frame) => new(BinaryPrimitives.ReadUInt64LittleEndian(frame[4..]) >> 16);
}
