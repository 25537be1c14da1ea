namespace Vpio.Analyzers.Tests.Corpus;

/// <summary>A driver that is right: the rules find nothing in it.</summary>
/// <param name="Name">What its class is called.</param>
/// <param name="Text">The file.</param>
internal sealed record CorpusDriver(string Name, string Text)
{
    private const string Prefix = "Corpus/";

    /// <summary>Gets all of them, by name.</summary>
    public static IReadOnlyList<CorpusDriver> All { get; } =
        [.. typeof(CorpusDriver).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static CorpusDriver Read(string resource)
    {
        using StreamReader reader = new(typeof(CorpusDriver).Assembly.GetManifestResourceStream(resource)!);
        return new CorpusDriver(Path.GetFileNameWithoutExtension(resource), reader.ReadToEnd());
    }
}
