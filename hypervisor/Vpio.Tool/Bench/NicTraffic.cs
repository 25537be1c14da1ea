using Vpio.Hypervisor.Devices.Network;
using Vpio.Tool.Run;

namespace Vpio.Tool.Bench;

/// <summary>Says which way frames go while a NIC is measured.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Receives">Whether each frame that is sent comes back to its sender.</param>
internal sealed record NicTraffic(string Name, bool Receives)
{
    /// <summary>Gets frames that go out and are gone.</summary>
    internal static NicTraffic Transmit { get; } = new("transmit", Receives: false);

    /// <summary>Gets frames each of which comes back.</summary>
    internal static NicTraffic Echo { get; } = new("transmit and receive", Receives: true);

    /// <summary>Gets both.</summary>
    internal static IReadOnlyList<NicTraffic> All { get; } = [Transmit, Echo];

    /// <summary>Makes the wire that it goes over.</summary>
    internal IWire NewWire() => Receives ? new EchoWire() : new DeadEndWire();
}
