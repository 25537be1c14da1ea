using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vpio.Analyzers.Baseline;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers;

/// <summary>Holds the ABI that an assembly declares, its layouts, numbers and ownership contracts, to what its baseline files record.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BaselineAnalyzer : DiagnosticAnalyzer
{
    private const string Release = "build_property.VpioAbiRelease";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(DiffersFromBaseline.Rule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // Whoever wrote a struct, its bytes are agreed on.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    // A project without a baseline has nothing to differ from.
    private static void Start(CompilationStartAnalysisContext context)
    {
        if (RecordedAbi.Read(context.Options.AdditionalFiles, context.CancellationToken) is not { } recorded)
            return;
        bool release = context.Options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue(Release, out string? text) && string.Equals(text, "true", StringComparison.OrdinalIgnoreCase);
        Compilation compilation = context.Compilation;
        Lazy<BaselineLineCheck> lines = new(() => new(recorded, new DeclaredAbi(compilation.Assembly), release));
        context.RegisterAdditionalFileAction(file => CheckFile(file, recorded, lines));
        context.RegisterSymbolAction(type => CheckType(type, recorded, release), SymbolKind.NamedType);
    }

    private static void CheckFile(AdditionalFileAnalysisContext context, RecordedAbi recorded, Lazy<BaselineLineCheck> lines)
    {
        if (recorded.Files.FirstOrDefault(f => f.Source == context.AdditionalFile) is not { } file)
            return;
        foreach (BaselineLine line in file.Lines)
        {
            if (lines.Value.Check(file, line) is { } fault)
                context.ReportDiagnostic(fault);
        }
    }

    private static void CheckType(SymbolAnalysisContext context, RecordedAbi recorded, bool release)
    {
        foreach (DeclaredEntry declared in DeclaredAbi.Of((INamedTypeSymbol)context.Symbol))
        {
            if (declared.Entry is { } entry && declared.Symbol.Locations.FirstOrDefault(l => l.IsInSource) is { } place && Drift.Of(entry, recorded, release) is { } drift)
                context.ReportDiagnostic(BaselineReport.Make(place, drift.Message, drift.Kind, entry, drift.Recorded?.File.PlaceOf(drift.Recorded.Line)));
        }
    }
}
