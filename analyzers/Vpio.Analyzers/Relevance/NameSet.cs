namespace Vpio.Analyzers.Relevance;

/// <summary>Is a set of names that a text is searched for as it is, without a string for each of its words.</summary>
internal sealed class NameSet
{
    private readonly Dictionary<int, List<string>> _names = [];

    /// <summary>Gets whether there is none.</summary>
    public bool IsEmpty => _names.Count == 0;

    /// <summary>Adds a name.</summary>
    public void Add(string name)
    {
        int hash = 0;
        foreach (char c in name)
            hash = WordReader.Combine(hash, c);
        if (!_names.TryGetValue(hash, out List<string>? alike))
            _names[hash] = alike = [];
        if (!alike.Contains(name))
            alike.Add(name);
    }

    /// <summary>Gets the name that a reader is at, if it is one of these.</summary>
    public string? Find(in WordReader word)
    {
        if (!_names.TryGetValue(word.Hash, out List<string>? alike))
            return null;
        foreach (string name in alike)
        {
            if (name.Length == word.Length && string.CompareOrdinal(word.Text, word.Start, name, 0, name.Length) == 0)
                return name;
        }

        return null;
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
