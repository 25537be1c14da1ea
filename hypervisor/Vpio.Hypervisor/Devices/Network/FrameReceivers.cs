using System.Buffers.Binary;
using Vpio.Abi.Network;

namespace Vpio.Hypervisor.Devices.Network;

/// <summary>Are the guests that a frame is for, as the table stood when it arrived.</summary>
internal readonly struct FrameReceivers
{
    // One guest's context, or the table of all: one reference, because each that is stored costs a note to the collector.
    private readonly object? _guests;
    private readonly MacAddress _source;

    private FrameReceivers(object guests, MacAddress source)
    {
        _guests = guests;
        _source = source;
    }

    /// <summary>Gets the guest, if the frame is for one.</summary>
    public NicContext? Only => _guests as NicContext;

    /// <summary>Gets how many guests are looked at, of whom the sender is passed over.</summary>
    public int Count => _guests is NicStations stations ? stations.All.Length : _guests is null ? 0 : 1;

    /// <summary>Gets whether it is addressed to a group.</summary>
    public bool IsGroup => _guests is NicStations;

    /// <summary>Finds out whom a frame is for.</summary>
    /// <param name="stations">The guests.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>Nobody, one guest, or all but the sender, for who sent it does not hear it.</returns>
    public static FrameReceivers Of(NicStations stations, ReadOnlySpan<byte> frame)
    {
        MacAddress destination = new(BinaryPrimitives.ReadUInt64LittleEndian(frame));
        MacAddress source = new(BinaryPrimitives.ReadUInt64LittleEndian(frame[4..]) >> 16);
        if (stations.Find(destination) is { } station)
            return source == destination ? default : new FrameReceivers(station, source);
        return destination.IsGroup ? new FrameReceivers(stations, source) : default;
    }

    /// <summary>Brings the frame to one of them, of a group.</summary>
    /// <param name="which">Which, below <see cref="Count"/>.</param>
    /// <param name="frame">The frame, which the caller goes on to hold.</param>
    public void Serve(int which, KeptFrame frame)
    {
        NicContext context = ((NicStations)_guests!).All[which];
        if (context.Address == _source)
            return;
        frame.Hold();
        context.Accept(new ReadOnlySpan<KeptFrame>(in frame));
    }
}
