using Vpio.Abi;

namespace Vpio.Hypervisor.Ownership;

/// <summary>Is a guest from which everything is to be taken.</summary>
/// <typeparam name="TMemory">How shared words are touched.</typeparam>
/// <typeparam name="TEffects">What happens around the transitions of its devices.</typeparam>
internal interface IEvictee<TMemory, TEffects>
    where TMemory : struct, IWordMemory
    where TEffects : struct, IOwnershipEffects
{
    /// <summary>Gets which guest it is.</summary>
    DomainId Id { get; }

    /// <summary>Gets its calls that are under way.</summary>
    CallGate<TMemory> Calls { get; }

    /// <summary>Gets the devices that it may have something of.</summary>
    IEnumerable<DeviceOwnership<TMemory, TEffects>> Devices { get; }

    /// <summary>Ends its sleeps, and those to come.</summary>
    void WakeSleeps();
}
