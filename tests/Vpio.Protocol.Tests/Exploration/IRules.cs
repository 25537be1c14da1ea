namespace Vpio.Protocol.Tests.Exploration;

/// <summary>Judges every step of an exploration, remembers what it needs for that in the state itself, and makes happen what no word holds.</summary>
internal interface IRules
{
    /// <summary>Tells whether something can happen now; otherwise its actor waits.</summary>
    bool CanHappen(Machine machine, Happening what, ulong value);

    /// <summary>Makes something happen, in one step with whatever the actor did last.</summary>
    /// <returns>What came of it.</returns>
    ulong Happen(Machine machine, int actor, Happening what, ulong value);

    /// <inheritdoc cref="Exploration.LandmarkAfter"/>
    Note? LandmarkAfter(Access access, ulong result, int lastWord);

    /// <summary>Tells whether it shows to no other actor that something happens, when it is done by who is alone with the device.</summary>
    bool IsUnseen(Happening what);

    /// <summary>Tells whether an actor is alone with the device: it won the exchange to RECLAIMING.</summary>
    bool IsAlone(Machine machine, int actor);

    /// <summary>Judges a change of a word.</summary>
    void Changed(Machine machine, int actor, int word, ulong was, ulong now);

    /// <summary>Judges a state from which nothing goes on.</summary>
    void AtTheEnd(Machine machine);
}
