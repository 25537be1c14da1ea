using Vpio.Abi;
using Vpio.Hostile.Grounds;
using Vpio.Hypervisor.Guests;

namespace Vpio.Hostile.Tests.Faults;

/// <summary>Is a virtual machine with a fault planted into it.</summary>
internal sealed class FaultyMachine : FaultyProgram, IGroundMachine
{
    private readonly ReferenceMachine _machine;
    private readonly Fault _fault;
    private readonly Guest _neighbour;
    private readonly Action? _repair;

    public FaultyMachine(ReferenceMachine machine, Fault fault, Guest neighbour)
        : base(machine, fault)
    {
        (_machine, _fault, _neighbour) = (machine, fault, neighbour);
        _repair = fault.Machine?.Invoke(machine.Guest);
    }

    public ref GuestPage GuestPage => ref _machine.GuestPage;

    public GuestMemory Memory => _machine.Memory;

    public GuestStanding Standing => _machine.Standing;

    public override void Start()
    {
        base.Start();
        _fault.MachineStarted?.Invoke(_machine.Guest, _neighbour);
    }

    public void Resume() => _machine.Resume();

    public override void Remove()
    {
        _repair?.Invoke();
        base.Remove();
        _fault.MachineRemoved?.Invoke(_machine.Guest);
    }
}
