using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Vpio.Analyzers.CodeFixes;

namespace Vpio.Analyzers.Tests.CodeFixes;

/// <summary>Applies a fix to a piece of C#, report after report and then all at once, and holds the result against what it must be: it compiles, and what is not marked in it stays silent.</summary>
internal static class FixCase
{
    /// <summary>Fixes members of the class <c>Driver</c> of the vocabulary.</summary>
    /// <param name="before">The members, with marks.</param>
    /// <param name="after">The members as they must become.</param>
    /// <param name="enable">Rules that are off unless asked for.</param>
    public static Task Members<TFix>(string before, string after, params string[] enable)
        where TFix : RuleFix, new() => File<TFix>(Driver(before), Driver(after), enable);

    /// <summary>Fixes a whole file.</summary>
    /// <param name="before">The file, with marks.</param>
    /// <param name="after">The file as it must become.</param>
    /// <param name="enable">Rules that are off unless asked for.</param>
    public static Task File<TFix>(string before, string after, params string[] enable)
        where TFix : RuleFix, new() => Prepare<TFix>(before, after, enable).RunAsync();

    /// <summary>Checks that a fix is not offered where it would leave the code wrong.</summary>
    public static Task NotOffered<TFix>(string members, params string[] enable)
        where TFix : RuleFix, new() => Members<TFix>(members, members, enable);

    /// <summary>Prepares a check, for what a case needs beyond.</summary>
    public static CSharpCodeFixTest<OwnershipAnalyzer, TFix, DefaultVerifier> Prepare<TFix>(string before, string after, params string[] enable)
        where TFix : RuleFix, new()
    {
        CSharpCodeFixTest<OwnershipAnalyzer, TFix, DefaultVerifier> test = new() { TestCode = before, FixedCode = after, ReferenceAssemblies = new ReferenceAssemblies("net10.0"), CompilerDiagnostics = CompilerDiagnostics.Errors };
        OwnershipCase.SetUp(test.TestState, before + after, enable);
        test.TestBehaviors = OwnershipCase.Behaviors;
        test.FixedState.InheritanceMode = StateInheritanceMode.Explicit;
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        OwnershipCase.SetUp(test.FixedState, before + after, enable);
        test.SolutionTransforms.Add(OwnershipCase.Configure);
        return test;
    }

    private static string Driver(string members) =>
        $"#pragma warning disable CS0626, CS0169, CS0649\npublic partial class Driver\n{{\n{string.Concat(members.Split('\n').Select(l => l.Length == 0 || l[0] == '#' ? l + "\n" : $"    {l}\n"))}}}\n";
}
