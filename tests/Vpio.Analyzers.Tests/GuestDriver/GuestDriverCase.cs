using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;
using Vpio.Analyzers.CodeFixes;
using Vpio.Analyzers.Tests.CodeFixes;
using Vpio.GuestDriver;

namespace Vpio.Analyzers.Tests.GuestDriver;

/// <summary>Checks drivers that are written with the types of Vpio.GuestDriver, as <see cref="OwnershipCase"/> and <see cref="FixCase"/> check those written with the vocabulary.</summary>
internal static class GuestDriverCase
{
    private static readonly MetadataReference Library = MetadataReference.CreateFromFile(typeof(GuestDevice).Assembly.Location);

    /// <summary>Checks members of a driver that has a device, a transmitter and a frame.</summary>
    /// <param name="members">The members, with marks.</param>
    /// <param name="enable">Rules that are off unless asked for.</param>
    public static Task Members(string members, params string[] enable)
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = OwnershipCase.Prepare(Driver(members), enable);
        test.TestState.AdditionalReferences.Add(Library);
        return test.RunAsync();
    }

    /// <summary>Checks what exactly is said of the place that is marked <c>{|#0:lease.Kick()|}</c>.</summary>
    /// <param name="members">The members, with the place.</param>
    /// <param name="id">The rule.</param>
    /// <param name="message">What it says.</param>
    public static Task Says(string members, string id, string message)
    {
        CSharpAnalyzerTest<OwnershipAnalyzer, DefaultVerifier> test = OwnershipCase.Prepare(Driver(members), id);
        test.TestState.AdditionalReferences.Add(Library);
        test.ExpectedDiagnostics.Add(new DiagnosticResult(id, DiagnosticSeverity.Error).WithLocation(0).WithMessage(message));
        return test.RunAsync();
    }

    /// <summary>Checks that a fix is not offered where it would leave the code wrong.</summary>
    public static Task NotFixed<TFix>(string members, params string[] enable)
        where TFix : RuleFix, new() => Fix<TFix>(members, members, enable);

    /// <summary>Fixes members of such a driver.</summary>
    /// <param name="before">The members, with marks.</param>
    /// <param name="after">The members as they must become.</param>
    /// <param name="enable">Rules that are off unless asked for.</param>
    public static Task Fix<TFix>(string before, string after, params string[] enable)
        where TFix : RuleFix, new()
    {
        CSharpCodeFixTest<OwnershipAnalyzer, TFix, DefaultVerifier> test = FixCase.Prepare<TFix>(Driver(before), Driver(after), enable);
        test.TestState.AdditionalReferences.Add(Library);
        test.FixedState.AdditionalReferences.Add(Library);
        return test.RunAsync();
    }

    private static string Driver(string members) =>
        $"using Vpio.GuestDriver;\n\npublic sealed class RealDriver(GuestDevice device, NicTransmitter transmitter, byte[] frame)\n{{\n{string.Concat(members.Split('\n').Select(l => l.Length == 0 ? "\n" : $"    {l}\n"))}}}\n";
}
