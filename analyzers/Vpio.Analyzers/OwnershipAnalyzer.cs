using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vpio.Analyzers.Contracts;
using Vpio.Analyzers.Flow;
using Vpio.Analyzers.Relevance;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers;

/// <summary>Checks that a device is touched only while it is held, as the attributes of <c>Vpio.Abi.Ownership</c> say, on any type that carries them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OwnershipAnalyzer : DiagnosticAnalyzer
{
    private const string Marker = ContractReader.Namespace + ".RequiresHeldAttribute";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => OwnershipRules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    // Code that cannot see the attributes costs nothing.
    private static void Start(CompilationStartAnalysisContext context)
    {
        ImmutableArray<INamespaceSymbol> homes = context.Compilation.GetTypesByMetadataName(Marker).Select(m => m.ContainingNamespace).ToImmutableArray();
        if (homes.IsEmpty)
            return;
        context.RegisterSyntaxTreeAction(Suppressions.Report);
        context.RegisterAdditionalFileAction(ContractFileChecks.Report);
        ImmutableDictionary<string, ImmutableArray<ContractLine>> lines = ContractFile.ReadAll(context.Options.AdditionalFiles, context.CancellationToken);
        DeviceNames names = DeviceNames.Of(context.Compilation, homes, lines.Keys, context.CancellationToken);
        if (!names.Occur)
            return;
        ContractTable contracts = new(homes[0], lines);
        context.RegisterSymbolStartAction(type => StartType(type, names, contracts), SymbolKind.NamedType);
    }

    private static void StartType(SymbolStartAnalysisContext context, DeviceNames names, ContractTable contracts)
    {
        if (RelevantMembers.Of((INamedTypeSymbol)context.Symbol, names, context.CancellationToken) is not { } members)
            return;
        TypeBodies bodies = new(contracts, members);
        context.RegisterCodeBlockAction(bodies.Add);
        context.RegisterSymbolEndAction(end => EndType(end, contracts, bodies));
    }

    private static void EndType(SymbolAnalysisContext context, ContractTable contracts, TypeBodies bodies)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        ContractChecks.Report(type, contracts, context.ReportDiagnostic);
        if (!bodies.MentionDevices && !OwnedFields.Any(type, contracts))
            return;
        SyntaxTree? tree = type.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree;
        AnalyzerConfigOptionsProvider provider = context.Options.AnalyzerConfigOptionsProvider;
        OwnershipOptions options = OwnershipOptions.Read(tree is null ? provider.GlobalOptions : provider.GetOptions(tree));
        TypeAnalysis analysis = new(contracts, options, bodies.Graphs, bodies.Rewritten, context.CancellationToken);
        Findings findings = new TypeRun(analysis, bodies.Members).Run();
        OwnedFields.Check(type, analysis, bodies, findings);
        new Report(findings, analysis, context.ReportDiagnostic).Run();
    }
}
