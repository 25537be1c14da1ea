using Vpio.Abi;
using Vpio.Abi.Network;
using Vpio.Hostile.Attacks;

namespace Vpio.Hostile.Grounds;

/// <summary>Is a virtual machine with an agent in it, as a guest whose port the judge's threads use. Once stopped it is gone.</summary>
internal sealed class MachineGuest : IGroundGuest
{
    private readonly IGroundMachine _machine;
    private readonly MachinePort _port;

    /// <summary>Takes a machine that is not started yet.</summary>
    /// <param name="machine">The machine, whose image is that of the agent.</param>
    /// <param name="witness">The port of another guest, which shows the device page.</param>
    public MachineGuest(IGroundMachine machine, IHypercallPort witness)
    {
        _machine = machine;
        _port = new MachinePort(machine, witness);
    }

    /// <inheritdoc/>
    public DomainId Id => _machine.Id;

    /// <inheritdoc/>
    public IHypercallPort Port => _port;

    /// <inheritdoc/>
    public bool IsMortal => true;

    /// <inheritdoc/>
    public ProgramEnding? Ending => _machine.Ending;

    /// <inheritdoc/>
    public GuestStanding Standing => _machine.Standing;

    /// <summary>Starts it, and waits until the agent has come up or the machine has ended.</summary>
    /// <param name="patience">For how long.</param>
    /// <exception cref="TimeoutException">The agent did not come up.</exception>
    public void Start(TimeSpan patience)
    {
        _machine.Start();
        _port.AwaitStart(patience);
    }

    /// <inheritdoc/>
    public IHostileWindow GetWindow(DeviceIndex device) => new MachineWindow(_port, device);

    /// <inheritdoc/>
    public MacAddress GetAddress(DeviceIndex device) => _machine.GetAddress(device);

    /// <inheritdoc/>
    public void Stop() => _machine.Kill();

    /// <inheritdoc/>
    public void Resume() => _machine.Resume();

    /// <inheritdoc/>
    public void Remove() => _machine.Remove();
}
