using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Vpio.Analyzers;
using Vpio.Analyzers.Tests.Pages;

namespace Vpio.Documentation.Tests.CSharp;

/// <summary>Is C# as a reader compiles it: with the packages, and with the analyzers that come along. Comments name what is reported on their lines.</summary>
/// <param name="code">The code that is judged.</param>
/// <param name="beside">What is compiled with it: name and text.</param>
internal sealed class AnalysedCode(string code, params (string Name, string Text)[] beside)
{
    private const string Name = "Block.cs";

    private static readonly string[] Ours = ["Vpio.Abi", "Vpio.GuestDriver", "Vpio.Hypervisor", "Vpio.Conformance"];

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. Basic.Reference.Assemblies.Net100.References.All,
        .. Ours.Select(name => MetadataReference.CreateFromFile(Path.Combine(AppContext.BaseDirectory, name + ".dll"))),
    ];

    private static readonly ImmutableArray<DiagnosticAnalyzer> Analyzers =
    [
        .. typeof(OwnershipAnalyzer).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private static readonly CSharpParseOptions Parse = new(LanguageVersion.Latest, DocumentationMode.None);

    /// <summary>Gets the ids of all rules.</summary>
    public static IEnumerable<string> Rules => Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Distinct();

    /// <summary>Gets what the comments name, as <c>3: VPIO1001</c>.</summary>
    public IEnumerable<string> Named => RuleReport.NamedIn(code);

    /// <summary>Gets the files that are compiled with it and are no C#: contract files.</summary>
    public ImmutableArray<AdditionalText> AdditionalFiles { get; init; } = [];

    /// <summary>Compiles and analyses the code.</summary>
    /// <returns>What is reported, in the form of <see cref="Named"/> and in order; errors of the compiler with their message.</returns>
    public async Task<string[]> Report()
    {
        CSharpCompilation compilation = Compile();
        CompilationWithAnalyzersOptions options = new(new AnalyzerOptions(AdditionalFiles), Refuse, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        Diagnostic[] found = [.. await compilation.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync(), .. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)];
        return RuleReport.Of(found, Name);
    }

    private static void Refuse(Exception failure, DiagnosticAnalyzer analyzer, Diagnostic diagnostic) =>
        throw new InvalidOperationException($"{analyzer} failed.", failure);

    private CSharpCompilation Compile()
    {
        SyntaxTree[] trees = [ParseText(Name, Framed()), .. beside.Append(("SdkUsings.cs", SdkUsings.Text)).Select(file => ParseText(file.Item1, file.Item2))];
        bool isProgram = trees.Any(tree => ((CompilationUnitSyntax)tree.GetRoot()).Members.Any(SyntaxKind.GlobalStatement));
        return CSharpCompilation.Create("Block", trees, References, new CSharpCompilationOptions(
            isProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private string Framed()
    {
        bool isOfAClass = ((CompilationUnitSyntax)ParseText(Name, code).GetRoot()).Members.Any(IsOfAClass);
        return isOfAClass ? $"public partial class Block\n{{\n#line 1 \"{Name}\"\n{code}\n}}\n" : code;
    }

    private static bool IsOfAClass(MemberDeclarationSyntax member) => member switch
    {
        GlobalStatementSyntax { Statement: LocalFunctionStatementSyntax function } => function.Modifiers.Any(SyntaxKind.PublicKeyword) || function.Modifiers.Any(SyntaxKind.PrivateKeyword),
        BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax => true,
        _ => false,
    };

    private static SyntaxTree ParseText(string name, string text) => CSharpSyntaxTree.ParseText(SourceText.From(text), Parse, name);
}
