namespace Vpio.Analyzers.Relevance;

/// <summary>Is a set of names that a text is searched for as it is, without a string for each of its words.</summary>
internal sealed class NameSet
{
    private readonly Dictionary<int, List<string>> _names = [];

    // Most words differ from all of them in length and first letter already.
    private readonly ulong[] _lengths = new ulong[64];

    /// <summary>Adds a name.</summary>
    public void Add(string name)
    {
        if (name.Length == 0)
            return;
        int hash = 0;
        foreach (char c in name)
            hash = WordReader.Combine(hash, c);
        _lengths[name[0] % 64] |= 1UL << name.Length;
        if (!_names.TryGetValue(hash, out List<string>? alike))
            _names[hash] = alike = [];
        if (!alike.Contains(name))
            alike.Add(name);
    }

    /// <summary>Gets the name that a reader is at, if it is one of these.</summary>
    public string? Find(in WordReader word)
    {
        if ((_lengths[word.Text[word.Start] % 64] & (1UL << word.Length)) == 0 || !_names.TryGetValue(word.Hash, out List<string>? alike))
            return null;
        foreach (string name in alike)
        {
            if (name.Length == word.Length && string.CompareOrdinal(word.Text, word.Start, name, 0, name.Length) == 0)
                return name;
        }

        return null;
    }

    /// <summary>Gets whether a name is one of these.</summary>
    public bool Contains(string name)
    {
        WordReader word = new(name, 0, name.Length);
        return word.Next() && Find(word) is not null;
    }

    /// <summary>Gets whether some word of a text is one of the names.</summary>
    public bool AnyIn(string text)
    {
        WordReader word = new(text, 0, text.Length);
        while (word.Next())
        {
            if (word.IsEscaped || Find(word) is not null)
                return true;
        }

        return false;
    }
}
