using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vpio.Analyzers.Tests.Corpus;

namespace Vpio.Analyzers.Tests.MemoryCorpus;

/// <summary>A program with an ABI and shared memory that is right: the rules find nothing in it.</summary>
/// <param name="Name">Its file.</param>
/// <param name="Text">The file's text.</param>
internal sealed record MemoryProgram(string Name, string Text)
{
    private const string Prefix = "MemoryCorpus/";

    /// <summary>Gets all of them, by name.</summary>
    public static IReadOnlyList<MemoryProgram> All { get; } =
        [.. typeof(MemoryProgram).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Compiles a text with implicit usings, and gives all that the rules report, and the errors of the compiler.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Analyse(SyntaxTree tree, params DiagnosticAnalyzer[] analyzers)
    {
        var compilation = CorpusCompilation.OfFiles([tree, CorpusCompilation.Parse("global using System;\n")]);
        return [.. await compilation.WithAnalyzers([.. analyzers]).GetAnalyzerDiagnosticsAsync(), .. CorpusCompilation.Errors(compilation)];
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static MemoryProgram Read(string resource)
    {
        using StreamReader reader = new(typeof(MemoryProgram).Assembly.GetManifestResourceStream(resource)!);
        return new MemoryProgram(Path.GetFileNameWithoutExtension(resource), reader.ReadToEnd());
    }
}
