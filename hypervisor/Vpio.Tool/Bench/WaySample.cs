namespace Vpio.Tool.Bench;

/// <summary>Is what one measurement of a way saw.</summary>
/// <param name="Frames">How many frames the NIC took and brought.</param>
/// <param name="Exits">How often the guests' machines left their guests.</param>
/// <param name="Kicks">How many of these were kicks of a device that slept.</param>
/// <param name="Slices">How often a guest was granted the NIC.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Processor">How much processor time this process spent: guests, hypervisor and device.</param>
/// <param name="CounterFrequency">How many cycles of the time stamp counter a second has.</param>
internal readonly record struct WaySample(ulong Frames, long Exits, long Kicks, ulong Slices, TimeSpan Elapsed, TimeSpan Processor, long CounterFrequency)
{
    /// <summary>Gets frames a second.</summary>
    internal double FramesPerSecond => Frames / Elapsed.TotalSeconds;

    /// <summary>Gets exits a frame.</summary>
    internal double ExitsPerFrame => (double)Exits / Frames;

    /// <summary>Gets kicks a frame.</summary>
    internal double KicksPerFrame => (double)Kicks / Frames;

    /// <summary>Gets exits that are no kicks, for each time that a guest had the NIC.</summary>
    internal double ExitsBesideKicksPerSlice => (double)(Exits - Kicks) / Math.Max(1, Slices);

    /// <summary>Gets cycles of the time stamp counter that processors were at work, a frame.</summary>
    internal double CyclesPerFrame => Processor.TotalSeconds * CounterFrequency / Frames;
}
