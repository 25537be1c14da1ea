using Vpio.Abi.Ownership;

internal static class Watching
{
    public static void Watch(in EngineHold hold)
    {
        EngineHold copy = hold; // VPIO1016: two handles, and one hold between them
        copy.Ring();
    }
}

/// <summary>Is a handle of one's own.</summary>
[ScopedOwnership, NonCopyable]
internal readonly ref struct EngineHold
{
    public void Ring()
    {
    }

    [Releases]
    [NoOwnershipCheck("There is nothing behind it: this sample is about the copy.")]
    public void Dispose()
    {
    }
}
