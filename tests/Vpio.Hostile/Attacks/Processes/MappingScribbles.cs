namespace Vpio.Hostile.Attacks.Processes;

/// <summary>Writes random bytes over every mapping that it may write, the call area and its slots among them, while its other threads make calls.</summary>
internal sealed unsafe class MappingScribbles() : Attack("mapping-scribbles", "random bytes over all that is mapped writable, call slots under way among it")
{
    private const int Rounds = 200_000;
    private const int Most = 64;

    private readonly RandomCalls _calls = new();

    public override bool NeedsProcess => true;

    public override void Strike(Assault assault)
    {
        if (assault.Thread > 0)
        {
            _calls.Strike(assault);
            return;
        }

        (nint Start, nint Length, bool IsWritable)[] mappings = [.. OwnFiles.Mappings.Where(mapping => mapping.IsWritable)];
        for (int round = 0; round < Rounds; round++)
        {
            // Small ones as often as large ones: there the words are that others wait for.
            (nint start, nint length, _) = mappings[assault.Random.Next(mappings.Length)];
            if (start == assault.Port.Memory.Start)
                length = (nint)assault.Port.Memory.LengthBytes; // Behind it is what the judge reads.
            assault.Random.Scribble(new Span<byte>((void*)start, (int)length), Most);
            assault.Touch();
        }

        assault.Publish();
    }
}
