using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Vpio.Abi.Ownership;

namespace Vpio.Analyzers.Tests;

/// <summary>Runs the ownership rules over a piece of C# in which what they must say is marked: <c>{|VPIO1001:nic.Write(0, 1)|}</c>. What is not marked must stay silent.</summary>
internal static class OwnershipCase
{
    // A driver that says nothing of exceptions and polls is not to be marked in every second case.
    /// <summary>The rules that are off unless asked for.</summary>
    public static readonly string[] OffUnlessAsked = ["VPIO1010", "VPIO1023"];

    /// <summary>How a case is checked: once. The framework would check it again under a pragma, which gives no reason and so is reported.</summary>
    public const TestBehaviors Behaviors = TestBehaviors.SkipSuppressionCheck;

    private static readonly (string Name, string Text)[] Vocabularies = [.. new[] { "Vocabulary.cs", "DelegateVocabulary.cs" }.Select(n => (n, Read(n)))];

    /// <summary>Checks members that are put into the class <c>Driver</c> of the vocabulary.</summary>
    /// <param name="members">The members, with marks.</param>
    /// <param name="enable">Rules that are off unless asked for.</param>
    public static Task Members(string members, params string[] enable) =>
        File(Wrap(members), enable);

    /// <summary>Checks a whole file.</summary>
    /// <param name="source">The file, with marks.</param>
    /// <param name="enable">Rules that are off unless asked for.</param>
    public static Task File(string source, params string[] enable) => Prepare(source, enable).RunAsync();

    /// <summary>Checks members and what exactly is said of them: the places are marked <c>{|#0:nic.Grab()|}</c>.</summary>
    /// <param name="members">The members, with places.</param>
    /// <param name="expected">What is said there.</param>
    public static Task Says(string members, params DiagnosticResult[] expected)
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = Prepare(Wrap(members), [.. expected.Select(e => e.Id)]);
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync();
    }

    /// <summary>Puts members into the class <c>Driver</c> of the vocabulary.</summary>
    public static string Wrap(string members) => $"#pragma warning disable CS0626, CS0169, CS0649\npublic partial class Driver\n{{\n{members}\n}}\n";

    /// <summary>Prepares a check, for what a case needs beyond.</summary>
    public static CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> Prepare(string source, params string[] enable)
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = new() { TestCode = source, ReferenceAssemblies = new ReferenceAssemblies("net10.0"), CompilerDiagnostics = CompilerDiagnostics.Errors };
        SetUp(test.TestState, source, enable);
        test.TestBehaviors = Behaviors;
        test.SolutionTransforms.Add(Configure);
        return test;
    }

    /// <summary>Adds the vocabulary, the references and the configuration to a state.</summary>
    public static void SetUp(SolutionState state, string source, params string[] enable)
    {
        foreach ((string name, string text) in VocabularyOf(source))
            state.Sources.Add((name, text));
        AddReferences(state);
        state.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\n" + string.Concat(OffUnlessAsked.Where(id => !enable.Contains(id)).Select(id => $"dotnet_diagnostic.{id}.severity = none\n"))));
    }

    /// <summary>Adds the framework and the attributes to a state.</summary>
    public static void AddReferences(SolutionState state)
    {
        state.AdditionalReferences.AddRange(Basic.Reference.Assemblies.Net100.References.All);
        state.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(RequiresHeldAttribute).Assembly.Location));
    }

    /// <summary>Gives the files that a piece of code is written with.</summary>
    public static IEnumerable<(string Name, string Text)> VocabularyOf(string source) =>
        source.Contains("HeldAction", StringComparison.Ordinal) ? Vocabularies : Vocabularies.Take(1);

    /// <summary>Compiles as a driver is compiled: nullable, unsafe, with DEBUG.</summary>
    public static Solution Configure(Solution solution, ProjectId project)
    {
        CSharpCompilationOptions options = (CSharpCompilationOptions)solution.GetProject(project)!.CompilationOptions!;
        return solution
            .WithProjectCompilationOptions(project, options.WithAllowUnsafe(true).WithNullableContextOptions(NullableContextOptions.Enable))
            .WithProjectParseOptions(project, new CSharpParseOptions(LanguageVersion.Latest, preprocessorSymbols: ["DEBUG"]));
    }

    private static string Read(string name)
    {
        using StreamReader reader = new(typeof(OwnershipCase).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
