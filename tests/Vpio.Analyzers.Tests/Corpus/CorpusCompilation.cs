using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Vpio.Abi.Ownership;

namespace Vpio.Analyzers.Tests.Corpus;

/// <summary>Compiles drivers in memory and analyses them with every rule on.</summary>
internal static class CorpusCompilation
{
    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest, preprocessorSymbols: ["DEBUG"]);

    // The references are bound once: what is made from this one shares them.
    private static readonly CSharpCompilation Bare = CSharpCompilation.Create(
        "Corpus",
        references: Basic.Reference.Assemblies.Net100.References.All.Append<MetadataReference>(MetadataReference.CreateFromFile(typeof(RequiresHeldAttribute).Assembly.Location)),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    private static readonly CSharpCompilation WithVocabulary = With(""), WithDelegates = With("HeldAction");

    /// <summary>Reads a file.</summary>
    public static SyntaxTree Parse(string text, string path = "") => CSharpSyntaxTree.ParseText(text, ParseOptions, path);

    /// <summary>Compiles drivers with the vocabulary.</summary>
    public static CSharpCompilation OfDrivers(params IEnumerable<SyntaxTree> drivers) =>
        (drivers.Any(d => d.ToString().Contains("HeldAction", StringComparison.Ordinal)) ? WithDelegates : WithVocabulary).AddSyntaxTrees(drivers);

    /// <summary>Compiles files that need nothing but the framework and the attributes.</summary>
    public static CSharpCompilation OfFiles(IEnumerable<SyntaxTree> files) => Bare.AddSyntaxTrees(files);

    private static CSharpCompilation With(string named) => Bare.AddSyntaxTrees(OwnershipCase.VocabularyOf(named).Select(v => Parse(v.Text)));

    /// <summary>Gives the errors that keep code from being compiled.</summary>
    public static IEnumerable<Diagnostic> Errors(CSharpCompilation compilation) =>
        compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>Gives all that the rules report.</summary>
    public static Task<ImmutableArray<Diagnostic>> Analyse(CSharpCompilation compilation) =>
        compilation.WithAnalyzers([new OwnershipAnalyzer()]).GetAnalyzerDiagnosticsAsync();
}
