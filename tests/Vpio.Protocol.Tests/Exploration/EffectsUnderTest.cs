using Vpio.Abi;
using Vpio.Hypervisor.Ownership;

namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Tells the explorer what the protocol makes happen around its transitions.</summary>
/// <remarks>
/// What only the granter does, alone in RECLAIMING, happens in one step with the access before it; that it is alone there is judged at each
/// change of the state word. The slice is started by several at once, so that is a step of its own.
/// </remarks>
internal readonly struct EffectsUnderTest(DeviceActivity<ExploredMemory> activity) : IOwnershipEffects
{
    public void Joining(DomainId guest) => ExploredMemory.Pass(Happening.Joining, 0);

    public void Left()
    {
    }

    public void Ended(StateWord held)
    {
        ExploredMemory.Note(Happening.Ended, held.Value);
        ExploredMemory.Pass(Happening.Ended, held.Value);
    }

    public void Quiesce()
    {
        activity.Quiesce();
        ExploredMemory.Note(Happening.Quiesced, 0);
    }

    public void ResetContext(DomainId former) => ExploredMemory.Note(Happening.ContextReset, former.Value);

    public void Switch(DomainId from, DomainId to) => ExploredMemory.Note(Happening.Switched, from.Value | ((ulong)to.Value << 16));

    public void Granting(DomainId guest, bool queued)
    {
    }

    public void Granted(StateWord owned, bool queued) => ExploredMemory.Pass(queued ? Happening.GrantedInTurn : Happening.Granted, owned.Value);

    public void Tell(StateWord owned) => ExploredMemory.Note(Happening.Told, owned.Owner.Value);

    public void StartSlice(StateWord owned) => ExploredMemory.Happen(Happening.StartSlice, owned.Value);

    public void CutSlice(StateWord owned)
    {
    }

    public void Removed(DomainId guest) => ExploredMemory.Note(Happening.Removed, guest.Value);
}
