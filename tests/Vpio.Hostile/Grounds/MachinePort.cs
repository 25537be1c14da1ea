using System.Runtime.CompilerServices;
using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.AssembledGuests;

namespace Vpio.Hostile.Grounds;

/// <summary>Is the port of a guest in a virtual machine, for attacks on threads of the judge: each call, kick and access to a register is made by the agent in the machine.</summary>
/// <remarks>
/// The pages and the memory are mappings that the judge has of the machine's; the device page is anybody's. Registers are touched by <see cref="MachineWindow"/>.
/// When the machine has ended nobody makes calls in it any more: that is answered as a call of a stopped guest.
/// Threads: any; the machine has one processor, which does one thing after the other.
/// </remarks>
internal sealed class MachinePort : IHypercallPort
{
    private readonly IGroundMachine _machine;
    private readonly IHypercallPort _witness;
    private readonly AgentLine _agent;
    private TimeSpan _patience = TimeSpan.MaxValue;

    /// <summary>Makes the port of a machine that is not started yet.</summary>
    /// <param name="machine">The machine, whose image is that of the agent.</param>
    /// <param name="witness">The port of another guest, which shows the device page.</param>
    public MachinePort(IGroundMachine machine, IHypercallPort witness)
    {
        (_machine, _witness) = (machine, witness);
        _agent = new AgentLine(machine.Application, machine, DemandRunning);
    }

    /// <inheritdoc/>
    public ref readonly DevicePage DevicePage => ref _witness.DevicePage;

    /// <inheritdoc/>
    public ref GuestPage GuestPage => ref _machine.GuestPage;

    /// <inheritdoc/>
    public GuestMemory Memory => _machine.Memory;

    /// <summary>Waits until the agent has come up or its machine has ended.</summary>
    /// <param name="patience">For how long.</param>
    /// <exception cref="TimeoutException">Neither happened.</exception>
    public void AwaitStart(TimeSpan patience)
    {
        _patience = patience;
        TryDo(_agent.AwaitStart);
        _patience = TimeSpan.MaxValue; // A call may sleep for as long as there is.
    }

    /// <inheritdoc/>
    public ulong ReadCounter() => _witness.ReadCounter();

    /// <inheritdoc/>
    public long Call(uint cmd, ref DeviceOpArgument argument)
    {
        // A call slot always has an argument.
        DeviceOpArgument own = Unsafe.IsNullRef(ref argument) ? default : argument;
        long result = (long)DeviceStatus.Denied;
        if (TryDo(() => result = _agent.Call(cmd, ref own)) && !Unsafe.IsNullRef(ref argument))
            argument = own;
        return result;
    }

    /// <inheritdoc/>
    /// <remarks>Nobody but the machine has it mapped.</remarks>
    public RegisterWindow GetWindow(DeviceIndex device) => default;

    /// <inheritdoc/>
    public void Kick(DeviceIndex device) => TryDo(() => _agent.Kick(device));

    /// <summary>Has the machine load from a register window.</summary>
    /// <param name="device">Whose window: any that there may be.</param>
    /// <param name="offset">Where in it, bytes.</param>
    /// <param name="bytes">How many.</param>
    /// <returns>The value; all ones when the machine has ended, as where nothing is.</returns>
    public ulong Load(DeviceIndex device, uint offset, int bytes)
    {
        ulong value = ulong.MaxValue;
        TryDo(() => value = _agent.Load(_agent.AddressOf(AgentMailbox.WindowsPlace, device) + offset, bytes));
        return value;
    }

    /// <summary>Has the machine store into a register window.</summary>
    /// <param name="device">Whose window: any that there may be.</param>
    /// <param name="offset">Where in it, bytes.</param>
    /// <param name="bytes">How many.</param>
    /// <param name="value">The value.</param>
    public void Store(DeviceIndex device, uint offset, int bytes, ulong value) =>
        TryDo(() => _agent.Store(_agent.AddressOf(AgentMailbox.WindowsPlace, device) + offset, bytes, value));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private bool TryDo(Action deed)
    {
        if (_machine.Ending is not null)
            return false;
        try
        {
            deed();
            return true;
        }
        catch (MachineGoneException)
        {
            return false;
        }
    }

    private void DemandRunning(TimeSpan waited)
    {
        if (_machine.Ending is not null)
            throw new MachineGoneException();
        if (waited > _patience)
            throw new TimeoutException($"the agent in {_machine.Id} does not answer");
    }

    private sealed class MachineGoneException : Exception;
}
