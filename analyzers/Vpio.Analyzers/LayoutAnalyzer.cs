using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Vpio.Analyzers.Layout;
using Vpio.Analyzers.Rules;

namespace Vpio.Analyzers;

/// <summary>Checks that what another program is to understand has the same bytes and numbers everywhere, on any type that bears the attributes of <c>Vpio.Abi.Layout</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LayoutAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(NotBlittable.Rule, LayoutNotExplicit.Rule, FieldMisplaced.Rule, PointerSizedField.Rule, NumberNotFree.Rule);

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
        if (!context.Compilation.GetTypesByMetadataName(Marks.Marker).IsEmpty)
            context.RegisterSymbolAction(Check, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)context.Symbol;
        if (type.TypeKind == TypeKind.Struct && Marks.Has(type, "AbiStruct"))
            new StructChecks(type, context.ReportDiagnostic).Run();
        else if (type.TypeKind == TypeKind.Enum && Marks.Has(type, "AbiNumbers"))
            NumberChecks.Run(type, context.ReportDiagnostic);
    }
}
