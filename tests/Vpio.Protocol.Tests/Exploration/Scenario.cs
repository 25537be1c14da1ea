namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Is a cast of actors on one device, and what is known of how far they can go.</summary>
/// <param name="Name">What it is about.</param>
/// <param name="LeastStates">How many states an exploration has at least; fewer mean that it looked at less than it did once.</param>
/// <param name="Guests">How many guests the device has.</param>
/// <param name="Cast">Who acts: the guests first, in order.</param>
internal sealed record Scenario(string Name, int LeastStates, int Guests, Func<SharedDeviceUnderTest, Actor[]> Cast)
{
    /// <summary>Gets whether nobody is preferred.</summary>
    public bool InTurn { get; init; } = true;

    /// <summary>Gets whether it is explored with store buffers only: whatever happens without them happens with them too, when each store is seen at once.</summary>
    public bool IsLarge { get; init; }

    /// <summary>Makes it ready to be explored.</summary>
    /// <param name="model">What order the processors show.</param>
    /// <param name="plants">The bug that is planted, if one is.</param>
    public Explorer Prepare(MemoryModel model, Func<Planting, Plant>? plants = null)
    {
        SharedDeviceUnderTest device = new(Guests);
        SharedWords words = new();
        Actor[] actors = Cast(device);
        TenRules rules = new(device, words, InTurn, actors.Any(actor => actor is TimerActor), actors.Any(actor => actor is DeviceActor));
        return new Explorer(actors, words, rules, model, plants?.Invoke(new Planting(actors, rules.StateWordNumber, rules.WaitingNumber)));
    }

    public override string ToString() => Name;
}

/// <summary>Is what a planted bug needs to know: who the actors are, and which words it is about.</summary>
internal sealed record Planting(IReadOnlyList<Actor> Actors, int State, int Waiting)
{
    public bool Is(Rehearsal rehearsal, string actor) => Actors[rehearsal.Actor].Name == actor;
}
