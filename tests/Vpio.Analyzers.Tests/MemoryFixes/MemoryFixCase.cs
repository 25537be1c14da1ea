using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.MemoryFixes;

/// <summary>Applies a fix for a rule on layout or shared memory, report after report and then all at once: the result compiles, and what is not marked in it stays silent.</summary>
internal static class MemoryFixCase
{
    /// <summary>Fixes a file.</summary>
    /// <param name="before">The file, with marks.</param>
    /// <param name="after">The file as it must become.</param>
    public static Task File<TFix>(string before, string after)
        where TFix : RuleFix, new() => Prepare<TFix>(before, after).RunAsync();

    /// <summary>Fixes a file in which the repair leaves places that the author has to convert, and so does not compile yet.</summary>
    public static Task Unfinished<TFix>(string before, string after)
        where TFix : RuleFix, new()
    {
        CSharpCodeFixTest<LayoutAnalyzer, TFix, DefaultVerifier> test = Prepare<TFix>(before, after);
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync();
    }

    /// <summary>Checks that a fix is not offered where it would leave the code wrong.</summary>
    public static Task NotOffered<TFix>(string source)
        where TFix : RuleFix, new() => File<TFix>(source, source);

    private static AllRules<TFix> Prepare<TFix>(string before, string after)
        where TFix : RuleFix, new()
    {
        AllRules<TFix> test = new() { TestCode = before, FixedCode = after, ReferenceAssemblies = new ReferenceAssemblies("net10.0"), CompilerDiagnostics = CompilerDiagnostics.Errors, TestBehaviors = OwnershipCase.Behaviors };
        MemoryCase.SetUp(test.TestState);
        test.FixedState.InheritanceMode = StateInheritanceMode.Explicit;
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        MemoryCase.SetUp(test.FixedState);
        test.SolutionTransforms.Add(OwnershipCase.Configure);
        return test;
    }

    private sealed class AllRules<TFix> : CSharpCodeFixTest<LayoutAnalyzer, TFix, DefaultVerifier>
        where TFix : RuleFix, new()
    {
        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => MemoryCase.Analyzers;
    }
}
