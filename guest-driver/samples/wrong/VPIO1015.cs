using Vpio.Abi;
using Vpio.Abi.Ownership;

internal sealed class Probe(Engine engine)
{
    private RegisterWindow _kept;

    public uint LengthBytes => _kept.LengthBytes;

    public void Remember()
    {
        engine.Grab();
        try
        {
            _kept = engine.Registers; // VPIO1015: the field outlives the hold, and then shows a device that others drive
        }
        finally
        {
            engine.Release();
        }
    }
}

/// <summary>Is a device of one's own.</summary>
internal abstract class Engine
{
    [RequiresHeld]
    public abstract RegisterWindow Registers { get; }

    [Acquires]
    public abstract void Grab();

    [Releases, NoThrow]
    public abstract void Release();
}
