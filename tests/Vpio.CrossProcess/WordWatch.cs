using Vpio.Abi;

namespace Vpio.CrossProcess;

/// <summary>Watches the state word of the first device from another process than the one that writes it: generations only grow, and each has one owner.</summary>
internal sealed class WordWatch
{
    private readonly Dictionary<ulong, ushort> _owners = [];
    private ulong _newest;

    /// <summary>Gets how many words were looked at.</summary>
    public long Looks { get; private set; }

    /// <summary>Judges the next word that was read.</summary>
    /// <returns>What is wrong with it; <see langword="null"/> when nothing is.</returns>
    public string? Judge(StateWord word)
    {
        Looks++;
        ulong generation = word.Generation.Value;

        // A name that is withdrawn gives its generation back: nobody owned anything in it. What was owned once stays behind for good.
        if (generation < _newest)
            return $"generation {generation} after {_newest} was owned";
        if (!word.IsHeld)
            return null;

        _newest = generation;
        if (_owners.TryAdd(generation, word.Owner.Value) || _owners[generation] == word.Owner.Value)
            return null;
        return $"generation {generation} is of {_owners[generation]} and of {word.Owner.Value}";
    }
}
