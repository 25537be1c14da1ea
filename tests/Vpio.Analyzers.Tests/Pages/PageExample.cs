using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Vpio.Abi.Ownership;

namespace Vpio.Analyzers.Tests.Pages;

/// <summary>Is C# of a page: members of the class <c>Driver</c> of the vocabulary, whose comments name what is reported on their lines.</summary>
/// <param name="code">The members.</param>
/// <param name="files">The files that the page gives the compiler besides.</param>
internal sealed class PageExample(string code, params IEnumerable<AdditionalText> files)
{
    private const string Name = "Page.cs";

    /// <summary>Gets what the comments name, as <c>3: VPIO1001</c>.</summary>
    public IEnumerable<string> Named => RuleReport.NamedIn(code);

    /// <summary>Compiles and analyses the code.</summary>
    /// <param name="enable">Rules that are off unless asked for.</param>
    /// <returns>What is reported, in the same form and in order, errors of the compiler included.</returns>
    public async Task<string[]> Report(params string[] enable)
    {
        CSharpCompilation compilation = Compile();
        ImmutableArray<Diagnostic> reported = await compilation.WithAnalyzers([.. AllAnalyzers.Make()], new AnalyzerOptions([.. files])).GetAnalyzerDiagnosticsAsync();
        Diagnostic[] found = [.. reported.Where(d => !IsOfTheVocabulary(d)), .. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)];
        return RuleReport.Of(found.Where(d => !OwnershipCase.OffUnlessAsked.Contains(d.Id) || enable.Contains(d.Id)), Name);
    }

    // A baseline of a page records what the page declares, and not what it borrows.
    private static bool IsOfTheVocabulary(Diagnostic diagnostic) => diagnostic.Id == "VPIO2005" && diagnostic.Location.SourceTree is { FilePath: not Name };

    private CSharpCompilation Compile()
    {
        CSharpParseOptions parse = new(LanguageVersion.Latest);
        string file = $"public partial class Driver\n{{\n#line 1 \"{Name}\"\n{code}\n}}\n";
        return CSharpCompilation.Create(
            "Page",
            [CSharpSyntaxTree.ParseText(file, parse, Name), .. OwnershipCase.VocabularyOf(code).Select(v => CSharpSyntaxTree.ParseText(v.Text, parse, v.Name))],
            [.. Basic.Reference.Assemblies.Net100.References.All, MetadataReference.CreateFromFile(typeof(RequiresHeldAttribute).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
    }
}
