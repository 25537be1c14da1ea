using Vpio.Abi;
using Vpio.Hypervisor.Devices;
using Vpio.Hypervisor.Devices.Network;

namespace Vpio.Fuzz.Worlds;

/// <summary>Puts what is broken in the place of what is right, to show that it is found. By itself it changes nothing.</summary>
internal sealed record Faults
{
    /// <summary>Gets the faults of which there are none.</summary>
    public static Faults None { get; } = new();

    /// <summary>Gets what stands between a guest and the hypervisor.</summary>
    public Func<IHypercallPort, IHypercallPort> Port { get; init; } = port => port;

    /// <summary>Gets what stands between a NIC and who has it work.</summary>
    public Func<FuzzWorld, IDeviceWork, IDeviceWork> Work { get; init; } = (_, work) => work;

    /// <summary>Gets what stands between a NIC and its wire.</summary>
    public Func<IWire, IWire> Wire { get; init; } = wire => wire;
}
