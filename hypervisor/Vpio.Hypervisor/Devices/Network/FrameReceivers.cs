using System.Buffers.Binary;
using Vpio.Abi.Network;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Are the guests that a frame is for, as the table stood when it arrived.</summary>
internal readonly struct FrameReceivers
{
    private readonly NicContext? _only;
    private readonly NicStations? _stations;
    private readonly MacAddress _source;

    private FrameReceivers(NicContext? only, NicStations? stations, MacAddress source)
    {
        _only = only;
        _stations = stations;
        _source = source;
    }

    /// <summary>Gets how many guests are looked at, of whom the sender is passed over.</summary>
    public int Count => _only is not null ? 1 : _stations?.All.Length ?? 0;

    /// <summary>Gets whether it is addressed to a group.</summary>
    public bool IsGroup => _only is null;

    /// <summary>Finds out whom a frame is for.</summary>
    /// <param name="stations">The guests.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>Nobody, one guest, or all but the sender, for who sent it does not hear it.</returns>
    public static FrameReceivers Of(NicStations stations, ReadOnlySpan<byte> frame)
    {
        MacAddress destination = new(BinaryPrimitives.ReadUInt64LittleEndian(frame));
        MacAddress source = new(BinaryPrimitives.ReadUInt64LittleEndian(frame[4..]) >> 16);
        if (stations.Find(destination) is { } station)
            return source == destination ? default : new FrameReceivers(station, stations: null, source);
        return destination.IsGroup ? new FrameReceivers(only: null, stations, source) : default;
    }

    /// <summary>Brings the frame to one of them.</summary>
    /// <param name="which">Which, below <see cref="Count"/>.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>Whether the guest keeps it: then the caller's hold of it goes along.</returns>
    public bool Serve(int which, KeptFrame frame)
    {
        NicContext context = _only ?? _stations!.All[which];
        return context.Address != _source && context.Accept(frame);
    }
}
