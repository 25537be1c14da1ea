using Vpio.Simulation.Measuring;

namespace Vpio.Tool.Sim;

/// <summary>Is what came of the guests of one weight.</summary>
/// <param name="Weight">The weight that they began with.</param>
/// <param name="Guests">How many they are.</param>
/// <param name="Waits">Their waits.</param>
/// <param name="OwnedNs">How long each of them owned devices on average, nanoseconds.</param>
internal sealed record SimClass(int Weight, int Guests, WaitMeter Waits, double OwnedNs);
