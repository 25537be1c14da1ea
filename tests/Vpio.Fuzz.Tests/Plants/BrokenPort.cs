using Vpio.Abi;
using Vpio.Abi.Operations;

namespace Vpio.Fuzz.Tests.Plants;

/// <summary>Takes a hypercall as a broken door would.</summary>
/// <param name="door">The door that is right.</param>
/// <param name="op">Which operation.</param>
/// <param name="argument">The argument; may be a null reference.</param>
/// <returns>The result.</returns>
internal delegate long BrokenCall(IHypercallPort door, DeviceOp op, ref DeviceOpArgument argument);

/// <summary>Is a guest's port behind which calls are taken by a broken door.</summary>
/// <param name="port">The port that is right.</param>
/// <param name="call">The broken door.</param>
internal sealed class BrokenPort(IHypercallPort port, BrokenCall call) : IHypercallPort
{
    public ref readonly DevicePage DevicePage => ref port.DevicePage;

    public ref GuestPage GuestPage => ref port.GuestPage;

    public GuestMemory Memory => port.Memory;

    public ulong ReadCounter() => port.ReadCounter();

    public long Call(uint cmd, ref DeviceOpArgument argument) => call(port, (DeviceOp)cmd, ref argument);

    public RegisterWindow GetWindow(DeviceIndex device) => port.GetWindow(device);

    public void Kick(DeviceIndex device) => port.Kick(device);

    public void Dispose() => port.Dispose();
}
