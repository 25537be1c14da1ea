using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Vpio.Abi.Ownership;

namespace Vpio.Analyzers.Tests.Baseline;

/// <summary>Holds pieces of C# to baseline files. What VPIO2005 must say is marked in either: <c>{|VPIO2005:State|}</c>.</summary>
internal static class BaselineCase
{
    public const string Shipped = "Abi.Shipped.txt", Unshipped = "Abi.Unshipped.txt";

    /// <summary>What every case begins with.</summary>
    public const string Usings = "using System; using System.Runtime.CompilerServices; using System.Runtime.InteropServices; using Vpio.Abi.Layout; using Vpio.Abi.Ownership;\n";

    /// <summary>Checks a file against what is recorded.</summary>
    /// <param name="source">The file, with marks.</param>
    /// <param name="unshipped">What is recorded and not shipped, with marks.</param>
    /// <param name="shipped">What was shipped, with marks.</param>
    public static Task Check(string source, string unshipped = "", string shipped = "") =>
        Prepare(source, (Shipped, shipped), (Unshipped, unshipped)).RunAsync();

    /// <summary>Checks a file in the build of a release.</summary>
    public static Task Release(string source, string unshipped = "", string shipped = "") =>
        InRelease(Prepare(source, (Shipped, shipped), (Unshipped, unshipped))).RunAsync();

    /// <summary>Checks what is said at the place that is marked <c>{|#0:State|}</c>.</summary>
    public static Task Says(string message, string source, string unshipped = "", string shipped = "", bool release = false)
    {
        CSharpAnalyzerTest<BaselineAnalyzer, DefaultVerifier> test = Prepare(source, (Shipped, shipped), (Unshipped, unshipped));
        test.ExpectedDiagnostics.Add(new DiagnosticResult("VPIO2005", DiagnosticSeverity.Error).WithLocation(0).WithMessage(message).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));
        return (release ? InRelease(test) : test).RunAsync();
    }

    /// <summary>Prepares a check with other files.</summary>
    public static CSharpAnalyzerTest<BaselineAnalyzer, DefaultVerifier> Prepare(string source, params (string Name, string Text)[] files)
    {
        CSharpAnalyzerTest<BaselineAnalyzer, DefaultVerifier> test = new() { TestCode = Usings + source, ReferenceAssemblies = new ReferenceAssemblies("net10.0"), CompilerDiagnostics = CompilerDiagnostics.Errors };
        OwnershipCase.AddReferences(test.TestState);
        test.TestState.AdditionalFiles.AddRange(files.Select(f => (f.Name, Microsoft.CodeAnalysis.Text.SourceText.From(f.Text))));
        test.TestBehaviors = OwnershipCase.Behaviors;
        test.SolutionTransforms.Add(OwnershipCase.Configure);
        return test;
    }

    /// <summary>Makes a check one of a release.</summary>
    public static CSharpAnalyzerTest<BaselineAnalyzer, DefaultVerifier> InRelease(CSharpAnalyzerTest<BaselineAnalyzer, DefaultVerifier> test)
    {
        SayRelease(test.TestState, "true");
        return test;
    }

    /// <summary>Sets the property of a release.</summary>
    public static void SayRelease(SolutionState state, string value) =>
        state.AnalyzerConfigFiles.Add(("/.globalconfig", $"is_global = true\nbuild_property.VpioAbiRelease = {value}\n"));

    /// <summary>Gives all that is reported of files, broken or not, what analysers say of themselves included.</summary>
    public static Task<ImmutableArray<Diagnostic>> Analyse(IEnumerable<SyntaxTree> sources, params AdditionalText[] files) => CSharpCompilation.Create(
            "Case",
            sources,
            [.. Basic.Reference.Assemblies.Net100.References.All, MetadataReference.CreateFromFile(typeof(RequiresHeldAttribute).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable))
        .WithAnalyzers([new BaselineAnalyzer()], new AnalyzerOptions([.. files]))
        .GetAnalyzerDiagnosticsAsync();
}
