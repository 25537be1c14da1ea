namespace Vendor;

/// <summary>Stands for a device of a library that comes without its source: nobody can put attributes here.</summary>
public sealed class Engraver
{
    private bool _taken;

    /// <summary>Gets whether somebody else wants the engraver.</summary>
    public bool Wanted { get; private set; }

    /// <summary>Gets how many letters were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>Takes the engraver if nobody has it.</summary>
    /// <returns>Whether it did.</returns>
    public bool TryTake() => !_taken && (_taken = true);

    /// <summary>Gives the engraver back.</summary>
    public void GiveBack() => _taken = false;

    /// <summary>Cuts a letter.</summary>
    /// <param name="letter">The letter.</param>
    /// <exception cref="InvalidOperationException">Nobody took the engraver.</exception>
    public void Cut(char letter)
    {
        if (!_taken)
            throw new InvalidOperationException($"The letter {letter} was cut into somebody else's plate.");
        Cuts++;
        Wanted = Cuts == 9;
    }
}
