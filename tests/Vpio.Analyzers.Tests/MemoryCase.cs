using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace Vpio.Analyzers.Tests;

/// <summary>Runs the rules on layout and shared memory over a file in which what they must say is marked; what is not marked must stay silent.</summary>
internal static class MemoryCase
{
    /// <summary>The usings that every case begins with, in a file of their own.</summary>
    public const string Usings = "global using System;\nglobal using System.Collections.Generic;\nglobal using System.Runtime.CompilerServices;\nglobal using System.Runtime.InteropServices;\nglobal using System.Threading;\nglobal using System.Threading.Tasks;\nglobal using Vpio.Abi.Layout;\n";

    /// <summary>Gets the rules.</summary>
    public static DiagnosticAnalyzer[] Analyzers => [new LayoutAnalyzer(), new SharedMemoryAnalyzer()];

    /// <summary>Checks a file.</summary>
    /// <param name="source">The file, with marks.</param>
    public static Task File(string source) => Prepare(source).RunAsync();

    /// <summary>Checks a file and what exactly is said in it: the places are marked <c>{|#0:State|}</c>.</summary>
    /// <param name="source">The file, with places.</param>
    /// <param name="expected">What is said there.</param>
    public static Task Says(string source, params DiagnosticResult[] expected)
    {
        CSharpAnalyzerTest<LayoutAnalyzer, DefaultVerifier> test = Prepare(source);
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync();
    }

    /// <summary>Checks a file that does not compile.</summary>
    public static Task Broken(string source)
    {
        CSharpAnalyzerTest<LayoutAnalyzer, DefaultVerifier> test = Prepare(source);
        test.CompilerDiagnostics = CompilerDiagnostics.None;
        return test.RunAsync();
    }

    /// <summary>Prepares a check, for what a case needs beyond.</summary>
    public static CSharpAnalyzerTest<LayoutAnalyzer, DefaultVerifier> Prepare(string source)
    {
        AllRules test = new() { TestCode = source, ReferenceAssemblies = new ReferenceAssemblies("net10.0"), CompilerDiagnostics = CompilerDiagnostics.Errors, TestBehaviors = OwnershipCase.Behaviors };
        SetUp(test.TestState);
        test.SolutionTransforms.Add(OwnershipCase.Configure);
        return test;
    }

    /// <summary>Adds the usings and the references to a state.</summary>
    public static void SetUp(SolutionState state)
    {
        state.Sources.Add(("Usings.cs", Usings));
        OwnershipCase.AddReferences(state);
    }

    private sealed class AllRules : CSharpAnalyzerTest<LayoutAnalyzer, DefaultVerifier>
    {
        protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Analyzers;
    }
}
