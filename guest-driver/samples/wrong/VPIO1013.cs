using Vpio.Abi.Ownership;

internal sealed class Journal(Engine engine)
{
    public async Task Send(Func<Task> write)
    {
        engine.Grab();
        try
        {
            await write(); // VPIO1013: nobody knows how long, and the slice runs. A DeviceLease does not get this far: it is a ref struct
            engine.Ring();
        }
        finally
        {
            engine.Release();
        }
    }
}

/// <summary>Is a device of one's own that is no ref struct.</summary>
internal abstract class Engine
{
    [Acquires]
    public abstract void Grab();

    [RequiresHeld]
    public abstract void Ring();

    [Releases, NoThrow]
    public abstract void Release();
}
