using Vpio.Abi.Ownership;

internal static class Ringing
{
    public static void Ring(Engine engine)
    {
        if (engine.LooksIdle)
            engine.Ring(); // VPIO1012: it was idle when somebody looked; a GuestDevice says so of its Hint
    }
}

/// <summary>Is a device of one's own.</summary>
internal abstract class Engine
{
    [Hint]
    public abstract bool LooksIdle { get; }

    [RequiresHeld]
    public abstract void Ring();
}
