using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;
using Vpio.Analyzers.CodeFixes.Baseline;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>Applies a fix of VPIO2005, report after report and then all at once, and holds the files against what they must be.</summary>
internal static class BaselineFixCase
{
    /// <summary>Fixes what is marked in a source.</summary>
    /// <param name="source">The source, with marks: it stays, and what is still marked in it afterwards is told by <paramref name="left"/>.</param>
    /// <param name="before">Both files before, unshipped first.</param>
    /// <param name="after">Both files as they must become.</param>
    /// <param name="left">The source with the marks that stay; null when none does.</param>
    /// <param name="release">Whether it is the build of a release.</param>
    public static Task Check<TFix>(string source, (string Unshipped, string Shipped) before, (string Unshipped, string Shipped) after, string? left = null, bool release = false)
        where TFix : BaselineFix, new() => Prepare<TFix>(source, left, Files(before), Files(after), release).RunAsync();

    /// <summary>Prepares a check with other files.</summary>
    public static CSharpCodeFixTest<BaselineAnalyzer, TFix, DefaultVerifier> Prepare<TFix>(string source, string? left, (string Name, string Text)[] before, (string Name, string Text)[] after, bool release = false)
        where TFix : BaselineFix, new()
    {
        CSharpCodeFixTest<BaselineAnalyzer, TFix, DefaultVerifier> test = new()
        {
            TestCode = BaselineCase.Usings + source,
            FixedCode = BaselineCase.Usings + (left ?? Bare(source)),
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"),
            CompilerDiagnostics = CompilerDiagnostics.Errors,
            TestBehaviors = OwnershipCase.Behaviors,
        };
        SetUp(test.TestState, before, release);
        test.FixedState.InheritanceMode = StateInheritanceMode.Explicit;
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        SetUp(test.FixedState, after, release);
        test.SolutionTransforms.Add(OwnershipCase.Configure);
        return test;
    }

    private static void SetUp(SolutionState state, (string Name, string Text)[] files, bool release)
    {
        OwnershipCase.AddReferences(state);
        state.AdditionalFiles.AddRange(files.Select(f => (f.Name, SourceText.From(f.Text))));
        if (release)
            BaselineCase.SayRelease(state, "true");
    }

    private static (string, string)[] Files((string Unshipped, string Shipped) texts) => [(BaselineCase.Unshipped, texts.Unshipped), (BaselineCase.Shipped, texts.Shipped)];

    private static string Bare(string source) => source.Replace("{|VPIO2005:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal);
}
