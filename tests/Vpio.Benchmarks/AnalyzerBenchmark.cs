using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Vpio.Abi.Ownership;
using Vpio.Analyzers;

namespace Vpio.Benchmarks;

/// <summary>Measures what the ownership analysis adds to a compilation, beside CA2000 on the same code.</summary>
/// <remarks>
/// Processor time of the process, all threads, of whole compilations that were never bound before. A build runs dozens of analyzers, which share
/// what the compiler makes for them; so each is compared with a compilation under an analyzer that asks for the same and does nothing, and the bare compilation is
/// printed too.
/// </remarks>
internal static class AnalyzerBenchmark
{
    private const int Lines = 100_000;
    private const int Pairs = 5;

    public static void Run()
    {
        Console.WriteLine($"Ownership analysis of {Lines:N0} lines");
        string driver = SyntheticDriver.Write(Lines), half = SyntheticDriver.Write(Lines / 2), plain = SyntheticDriver.WriteWithoutDevices(Lines);
        OwnershipAnalyzer ours = new();
        Rounds.Compare(Pairs, () => Compile(driver, ours), () => Compile(driver, new IdleAnalyzer()))
            .Print("a driver, with the ownership rules", "with an analyzer that does nothing", "s of processor time", "0.00", "at most 1.05");
        Rounds.Compare(Pairs, () => Compile(driver, new IdleAnalyzer()), () => Compile(driver, null))
            .Print("with an analyzer that does nothing", "compiled without analyzers", "s of processor time", "0.00", "what the compiler's own part costs");
        Rounds.Compare(Pairs, () => Compile(plain, ours), () => Compile(plain, null))
            .Print("code without devices, with the rules", "compiled without analyzers", "s of processor time", "0.00", "1.00");
        Rounds.Compare(Pairs, () => Analyse(driver, ours), () => Analyse(half, ours))
            .Print("the rules alone", "the rules alone on half the code", "s of processor time", "0.00", "at most 2.3");
        if (PointsTo() is { } peer)
        {
            Rounds.Compare(Pairs, () => Analyse(driver, ours), () => Analyse(driver, peer))
                .Print("the rules alone", "CA2000 alone", "s of processor time", "0.00", "below 1");
        }
        else
        {
            Console.WriteLine("  CA2000 is not compared: the SDK's analyzers were not found.\n");
        }
    }

    // What the analyzer itself takes, on a compilation that is bound and whose operations are made.
    private static double Analyse(string text, DiagnosticAnalyzer analyzer)
    {
        CompilationWithAnalyzersOptions options = new(new AnalyzerOptions([]), null, concurrentAnalysis: false, logAnalyzerExecutionTime: true);
        CompilationWithAnalyzers with = Prepare(text, analyzer).WithAnalyzers([analyzer], options);
        with.GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult();
        return with.GetAnalyzerTelemetryInfoAsync(analyzer, CancellationToken.None).GetAwaiter().GetResult().ExecutionTime.TotalSeconds;
    }

    private static double Compile(string text, DiagnosticAnalyzer? analyzer)
    {
        CSharpCompilation compilation = Prepare(text, analyzer);
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        if (analyzer is not null)
        {
            ImmutableArray<Diagnostic> found = compilation.WithAnalyzers([analyzer]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
            if (found.FirstOrDefault(d => d.Id.StartsWith("VPIO", StringComparison.Ordinal) || d.Id == "AD0001") is { } wrong)
                throw new InvalidOperationException($"The synthetic driver is not clean: {wrong}");
        }

        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(Stream.Null);
        if (!result.Success)
            throw new InvalidOperationException($"The synthetic driver does not compile: {result.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error)}");
        return (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    }

    private static CSharpCompilation Prepare(string text, DiagnosticAnalyzer? analyzer)
    {
        GC.Collect();
        CSharpCompilationOptions options = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Disable);
        if (analyzer is not null)
            options = options.WithSpecificDiagnosticOptions(analyzer.SupportedDiagnostics.Select(d => KeyValuePair.Create(d.Id, d.Id is "CA2000" || d.Id.StartsWith("VPIO", StringComparison.Ordinal) ? ReportDiagnostic.Warn : ReportDiagnostic.Suppress)));
        SyntaxTree[] trees = text.Contains("Nic", StringComparison.Ordinal) ? [CSharpSyntaxTree.ParseText(SyntheticDriver.Device), CSharpSyntaxTree.ParseText(text)] : [CSharpSyntaxTree.ParseText(text)];
        return CSharpCompilation.Create("Synthetic", trees, References(), options.WithSpecificDiagnosticOptions(options.SpecificDiagnosticOptions.Add("CS0626", ReportDiagnostic.Suppress).Add("CS0824", ReportDiagnostic.Suppress)));
    }

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
        .Append(typeof(RequiresHeldAttribute).Assembly.Location)
        .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p));

    // CA2000 comes with the SDK, in the folder beside the runtime that runs this.
    private static DiagnosticAnalyzer? PointsTo()
    {
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        string? folder = Directory.Exists(Path.Combine(root, "sdk"))
            ? Directory.GetDirectories(Path.Combine(root, "sdk")).Order(StringComparer.Ordinal).Select(sdk => Path.Combine(sdk, "Sdks", "Microsoft.NET.Sdk", "analyzers")).LastOrDefault(Directory.Exists)
            : null;
        if (folder is null)
            return null;
        AssemblyLoadContext context = new("analyzers of the SDK");
        context.Resolving += (loader, name) => File.Exists(Path.Combine(folder, name.Name + ".dll")) ? loader.LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll")) : null;
        Assembly assembly = context.LoadFromAssemblyPath(Path.Combine(folder, "Microsoft.CodeAnalysis.NetAnalyzers.dll"));
        return assembly.GetType("Microsoft.NetCore.Analyzers.Runtime.DisposeObjectsBeforeLosingScope") is { } type ? (DiagnosticAnalyzer)Activator.CreateInstance(type)! : null;
    }

    /// <summary>Asks the compiler for the bodies of all members, as most analyzers do, and does nothing with them.</summary>
#pragma warning disable RS1001, RS1036, RS1041, RS2008 // It is a measuring stick, and never shipped.
    private sealed class IdleAnalyzer : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor Rule = new("IDLE", "Nothing", "Nothing", "None", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterOperationBlockAction(_ => { });
        }
    }
#pragma warning restore RS1001, RS1036, RS1041, RS2008
}
