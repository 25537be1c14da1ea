using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Layout;
using Vpio.Analyzers.Rules;
using Vpio.Analyzers.SharedMemory;

namespace Vpio.Analyzers;

/// <summary>Checks how memory is touched that other threads, other programs or a device see too, where the attributes of <c>Vpio.Abi.Layout</c> say so.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedMemoryAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(SharedWordAccessedPlainly.Rule, FetchedTwice.Rule, StateWordByHand.Rule, RegisterReadNarrowed.Rule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    // Code that cannot see the attributes, or no memory that bears them, costs nothing.
    private static void Start(CompilationStartAnalysisContext context)
    {
        ImmutableArray<INamedTypeSymbol> markers = context.Compilation.GetTypesByMetadataName(Marks.Marker);
        if (markers.IsEmpty)
            return;
        MemoryMarks marks = new();
        MemoryNames names = MemoryNames.Of(context.Compilation, markers, marks, context.CancellationToken);
        if (names.Occur)
            context.RegisterCodeBlockAction(block => Check(block, names, marks));
    }

    private static void Check(CodeBlockAnalysisContext context, MemoryNames names, MemoryMarks marks)
    {
        if (!names.MayReach(context.CodeBlock, context.OwningSymbol))
            return;
        foreach (SyntaxNode part in BodyParts.Of(context.CodeBlock, context.OwningSymbol))
        {
            // What a body that does not compile would do is not known.
            if (BodyParts.CanBeRead(part) && context.SemanticModel.GetOperation(part, context.CancellationToken) is { Parent: null } body && !body.DescendantsAndSelf().Any(o => o.Kind == OperationKind.Invalid))
                Check(part, body, context, marks);
        }
    }

    private static void Check(SyntaxNode part, IOperation body, CodeBlockAnalysisContext context, MemoryMarks marks)
    {
        Places places = new(marks);
        WordAccess words = new(marks, places, context.ReportDiagnostic);
        WordBuilding building = new(marks, places, context.ReportDiagnostic);
        RegisterReads registers = new(places, context.ReportDiagnostic);
        GuestMemory guest = new(marks);
        bool fetches = false;
        foreach (IOperation operation in body.DescendantsAndSelf())
        {
            words.Check(operation);
            building.Check(operation);
            registers.Check(operation);
            fetches |= guest.IsRoot(operation);
        }

        if (fetches && ControlFlowGraph.Create(part, context.SemanticModel, context.CancellationToken) is { } graph)
            DoubleFetches.Report(graph, guest, context.SemanticModel, context.ReportDiagnostic, context.CancellationToken);
    }
}
