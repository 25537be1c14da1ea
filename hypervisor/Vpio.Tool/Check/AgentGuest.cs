using Vpio.Abi;
using Vpio.Abi.Operations;
using Vpio.AssembledGuests;
using Vpio.Conformance;
using Vpio.Hypervisor.Guests;

namespace Vpio.Tool.Check;

/// <summary>Is a guest of the suite in a process or a virtual machine: an agent there does what it is told by a mailbox.</summary>
internal sealed class AgentGuest : ReferenceGuest
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    private readonly AgentLine _agent;

    /// <summary>Starts the agent of a guest, and waits until it has come up.</summary>
    /// <param name="guest">The guest.</param>
    /// <exception cref="GuestGoneException">It ended instead.</exception>
    internal AgentGuest(Guest guest)
        : base(guest)
    {
        _agent = new AgentLine(guest.Application, guest, DemandAlive);
        guest.Process?.Start();
        guest.Machine?.Start();
        _agent.AwaitStart();
    }

    /// <inheritdoc/>
    public override bool MayFault => true;

    /// <inheritdoc/>
    public override long Call(uint cmd, ref DeviceOpArgument argument) => _agent.Call(cmd, ref argument);

    /// <inheritdoc/>
    public override ulong Read(GuestSpace space, ulong offset, int bytes) => _agent.Load(AddressOf(space) + offset, bytes);

    /// <inheritdoc/>
    public override void Write(GuestSpace space, ulong offset, int bytes, ulong value) => _agent.Store(AddressOf(space) + offset, bytes, value);

    /// <inheritdoc/>
    public override void Kick(DeviceIndex device) => _agent.Kick(device);

    private ulong AddressOf(GuestSpace space) => _agent.AddressOf((int)space.Kind, space.Device);

    private void DemandAlive(TimeSpan waited)
    {
        if (EndOf(Guest) is { } end)
            throw new GuestGoneException($"guest {Guest.Id} ended: {end}");
        if (waited > Limit)
            throw new GuestGoneException($"the agent of guest {Guest.Id} does not answer");
    }

    private static string? EndOf(Guest guest) => guest.Process?.Exit?.ToString() ?? guest.Machine?.Exit?.ToString();
}
