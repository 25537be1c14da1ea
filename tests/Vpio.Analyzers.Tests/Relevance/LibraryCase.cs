using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Vpio.Abi.Ownership;
using Vpio.Analyzers.Tests.Corpus;

namespace Vpio.Analyzers.Tests.Relevance;

/// <summary>Checks code that has its devices from a compiled library, and may not say their names.</summary>
internal static class LibraryCase
{
    private const string Usings = "global using System;\nglobal using Vpio.Abi.Ownership;\n";

    /// <summary>Checks files.</summary>
    /// <param name="library">The library, which is compiled.</param>
    /// <param name="sources">The files, with marks.</param>
    public static Task Check(string library, params string[] sources) => Prepare(library, sources).RunAsync();

    /// <summary>Checks a file with contracts from outside.</summary>
    /// <param name="library">The library, which is compiled.</param>
    /// <param name="contracts">The contract file.</param>
    /// <param name="source">The file, with marks.</param>
    public static Task CheckWithContracts(string library, string contracts, string source)
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = Prepare(library, source);
        test.TestState.AdditionalFiles.Add(("Vpio.Ownership.txt", contracts));
        return test.RunAsync();
    }

    private static CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> Prepare(string library, params string[] sources)
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = new() { ReferenceAssemblies = new ReferenceAssemblies("net10.0"), CompilerDiagnostics = CompilerDiagnostics.Errors };
        test.TestState.Sources.Add(("Usings.cs", Usings));
        for (int i = 0; i < sources.Length; i++)
            test.TestState.Sources.Add(($"File{i}.cs", sources[i]));
        test.TestState.AdditionalReferences.AddRange(Basic.Reference.Assemblies.Net100.References.All);
        test.TestState.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(RequiresHeldAttribute).Assembly.Location));
        test.TestState.AdditionalReferences.Add(Compile(library));
        test.TestBehaviors = OwnershipCase.Behaviors;
        test.SolutionTransforms.Add(OwnershipCase.Configure);
        return test;
    }

    private static MetadataReference Compile(string library)
    {
        using MemoryStream image = new();
        CSharpCompilation compilation = CorpusCompilation.OfFiles([CorpusCompilation.Parse(Usings), CorpusCompilation.Parse(library)]).WithAssemblyName("Library");
        Assert.That(compilation.Emit(image).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error), Is.Empty);
        return MetadataReference.CreateFromImage(image.ToArray());
    }
}
