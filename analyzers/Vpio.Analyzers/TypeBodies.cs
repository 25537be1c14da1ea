using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Contracts;
using Vpio.Analyzers.Flow;
using Vpio.Analyzers.Relevance;

namespace Vpio.Analyzers;

/// <summary>Gathers the bodies of one type while the compiler goes through them, and what they say of devices and fields.</summary>
internal sealed class TypeBodies(ContractTable contracts, RelevantMembers members)
{
    private readonly object _lock = new();
    private readonly List<(ISymbol Member, IOperation Block, ControlFlowGraph Graph, Identity? Guess)> _blocks = [];
    private readonly HashSet<ISymbol> _handedOut = new(SymbolEqualityComparer.Default);

    /// <summary>Gets whether some body deals with a device.</summary>
    public bool MentionDevices { get; private set; }

    /// <summary>Gets the fields, and the parameters of a primary constructor, that are written outside of constructors.</summary>
    public HashSet<ISymbol> Rewritten { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>Gets the graphs of the methods.</summary>
    public IReadOnlyDictionary<IMethodSymbol, ControlFlowGraph> Graphs => _blocks
        .Where(b => b.Member is IMethodSymbol && b.Block.Kind is OperationKind.Block or OperationKind.MethodBody or OperationKind.ConstructorBody)
        .GroupBy(b => (IMethodSymbol)b.Member, b => b.Graph, (IEqualityComparer<IMethodSymbol>)SymbolEqualityComparer.Default)
        .ToDictionary(g => g.Key, g => g.First(), (IEqualityComparer<IMethodSymbol>)SymbolEqualityComparer.Default);

    /// <summary>Gets the members with a body, in the order of their places.</summary>
    public ImmutableArray<MemberGraph> Members => _blocks
        .OrderBy(b => b.Block.Syntax.SyntaxTree.FilePath, StringComparer.Ordinal).ThenBy(b => b.Block.Syntax.SpanStart)
        .Select(b => new MemberGraph(b.Member, b.Graph, b.Member.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() ?? b.Block.Syntax, _handedOut.Contains(b.Member), b.Guess))
        .ToImmutableArray();

    /// <summary>Takes the bodies of one member. One that does not compile is left out: what it would do is not known.</summary>
    public void Add(CodeBlockAnalysisContext context)
    {
        if (!members.Contains(context.CodeBlock))
            return;
        foreach (SyntaxNode part in PartsOf(context.CodeBlock, context.OwningSymbol))
        {
            if (part.ContainsDiagnostics || context.SemanticModel.GetOperation(part, context.CancellationToken) is not { Parent: null } body)
                continue;
            Survey survey = new(contracts);
            survey.Visit(body);
            if (survey.IsBroken)
                continue;
            bool speaks = contracts.Of(context.OwningSymbol).Speaks, isInferred = context.OwningSymbol.DeclaredAccessibility == Accessibility.Private;
            ControlFlowGraph? graph = survey.Matters || speaks || isInferred ? ControlFlowGraph.Create(part, context.SemanticModel, context.CancellationToken) : null;
            lock (_lock)
            {
                MentionDevices |= survey.MentionsDevices || speaks;
                Keep(context.OwningSymbol, body, graph, survey);
            }
        }
    }

    // One declaration may be that of several fields.
    private static IEnumerable<SyntaxNode> PartsOf(SyntaxNode declaration, ISymbol symbol) => declaration switch
    {
        BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax or TypeDeclarationSyntax or CompilationUnitSyntax => [declaration],
        BaseFieldDeclarationSyntax field => field.Declaration.Variables.Where(v => v.Identifier.ValueText == symbol.Name && v.Initializer is not null).Select(v => v.Initializer!),
        VariableDeclaratorSyntax { Initializer: { } initializer } => [initializer],
        PropertyDeclarationSyntax { Initializer: { } initializer } => [initializer],
        _ => [],
    };

    private void Keep(ISymbol member, IOperation block, ControlFlowGraph? graph, Survey survey)
    {
        _handedOut.UnionWith(survey.HandedOut);
        if (member is not IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor })
            Rewritten.UnionWith(survey.Written);
        if (graph is not null)
            _blocks.Add((member, block, graph, survey.Guess));
    }

    /// <summary>Looks through one body once.</summary>
    private sealed class Survey(ContractTable contracts) : OperationWalker
    {
        public bool IsBroken { get; private set; }

        public bool MentionsDevices { get; private set; }

        // A body that calls private members may deal with devices through them.
        public bool Matters => MentionsDevices || _callsPrivate;

        // Most members deal with one device: to begin with it saves a look at the member without one.
        public Identity? Guess { get; private set; }

        public HashSet<ISymbol> HandedOut { get; } = new(SymbolEqualityComparer.Default);

        public HashSet<ISymbol> Written { get; } = new(SymbolEqualityComparer.Default);

        private bool _callsPrivate;

        public override void DefaultVisit(IOperation operation)
        {
            IsBroken |= operation.Kind == OperationKind.Invalid;
            base.DefaultVisit(operation);
        }

        public override void VisitInvocation(IInvocationOperation operation)
        {
            Mention(operation.TargetMethod, operation.Instance);
            _callsPrivate |= operation.TargetMethod.DeclaredAccessibility == Accessibility.Private;
            if (operation.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
                Mention(operation.TargetMethod.ContainingType);
            base.VisitInvocation(operation);
        }

        public override void VisitPropertyReference(IPropertyReferenceOperation operation)
        {
            Mention(operation.Property, operation.Instance);
            _callsPrivate |= operation.Property.DeclaredAccessibility == Accessibility.Private;
            base.VisitPropertyReference(operation);
        }

        public override void VisitEventReference(IEventReferenceOperation operation)
        {
            Mention(operation.Event);
            base.VisitEventReference(operation);
        }

        public override void VisitObjectCreation(IObjectCreationOperation operation)
        {
            if (operation.Constructor is { } constructor)
                Mention(constructor);
            base.VisitObjectCreation(operation);
        }

        public override void VisitBinaryOperator(IBinaryOperation operation)
        {
            Mention(operation.OperatorMethod);
            base.VisitBinaryOperator(operation);
        }

        public override void VisitUnaryOperator(IUnaryOperation operation)
        {
            Mention(operation.OperatorMethod);
            base.VisitUnaryOperator(operation);
        }

        public override void VisitConversion(IConversionOperation operation)
        {
            Mention(operation.OperatorMethod);
            base.VisitConversion(operation);
        }

        public override void VisitIncrementOrDecrement(IIncrementOrDecrementOperation operation)
        {
            Mention(operation.OperatorMethod);
            Write(operation.Target);
            base.VisitIncrementOrDecrement(operation);
        }

        public override void VisitCompoundAssignment(ICompoundAssignmentOperation operation)
        {
            Mention(operation.OperatorMethod);
            Write(operation.Target);
            base.VisitCompoundAssignment(operation);
        }

        public override void VisitCoalesceAssignment(ICoalesceAssignmentOperation operation)
        {
            Write(operation.Target);
            base.VisitCoalesceAssignment(operation);
        }

        public override void VisitDeconstructionAssignment(IDeconstructionAssignmentOperation operation)
        {
            Write(operation.Target);
            base.VisitDeconstructionAssignment(operation);
        }

        public override void VisitAddressOf(IAddressOfOperation operation)
        {
            Write(operation.Reference);
            base.VisitAddressOf(operation);
        }

        public override void VisitFieldReference(IFieldReferenceOperation operation)
        {
            WriteLater(operation);
            base.VisitFieldReference(operation);
        }

        public override void VisitParameterReference(IParameterReferenceOperation operation)
        {
            WriteLater(operation);
            base.VisitParameterReference(operation);
        }

        public override void VisitLocalFunction(ILocalFunctionOperation operation)
        {
            Contract contract = contracts.Of(operation.Symbol);
            MentionsDevices |= contract.Speaks || !contract.Malformations.IsEmpty;
            base.VisitLocalFunction(operation);
        }

        public override void VisitMethodReference(IMethodReferenceOperation operation)
        {
            Mention(operation.Method);
            HandedOut.Add(operation.Method.OriginalDefinition);
            base.VisitMethodReference(operation);
        }

        public override void VisitVariableDeclarator(IVariableDeclaratorOperation operation)
        {
            MentionCopy(operation.Symbol.Type);
            base.VisitVariableDeclarator(operation);
        }

        public override void VisitSimpleAssignment(ISimpleAssignmentOperation operation)
        {
            MentionCopy(operation.Type);
            Write(operation.Target);
            base.VisitSimpleAssignment(operation);
        }

        public override void VisitArgument(IArgumentOperation operation)
        {
            if (operation.Parameter?.RefKind is RefKind.Ref or RefKind.Out)
                Write(operation.Value);
            MentionCopy(operation.Value.Type);
            base.VisitArgument(operation);
        }

        private void Write(IOperation target)
        {
            if (target is IFieldReferenceOperation { Field: var field })
                Written.Add(field.OriginalDefinition);
            else if (target is IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } parameter })
                Written.Add(parameter);
            foreach (IOperation element in target is ITupleOperation tuple ? tuple.Elements : ImmutableArray<IOperation>.Empty)
                Write(element);
        }

        // Who has a reference may write through it at any time.
        private void WriteLater(IOperation operation)
        {
            if (operation.Syntax.Parent is RefExpressionSyntax)
                Write(operation);
        }

        private void Mention(ISymbol symbol, IOperation? receiver)
        {
            Mention(symbol);
            if (Guess is null && receiver is not null && contracts.Of(symbol).Speaks)
                Guess = receiver switch
                {
                    IFieldReferenceOperation { Instance: null } field => new MemberIdentity(null, field.Field),
                    IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field => new MemberIdentity(ThisIdentity.Instance, field.Field),
                    IParameterReferenceOperation { Parameter: { ContainingSymbol: not IMethodSymbol { MethodKind: MethodKind.Constructor } } } parameter => new VariableIdentity(parameter.Parameter),
                    IInstanceReferenceOperation => ThisIdentity.Instance,
                    _ => null,
                };
        }

        private void Mention(ISymbol? symbol) => MentionsDevices = MentionsDevices || (symbol is not null && MentionsIn(symbol));

        // To copy a handle is wrong even where nothing is called on it.
        private void MentionCopy(ITypeSymbol? type) =>
            MentionsDevices = MentionsDevices || (type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } && contracts.TraitsOf(type).NonCopyable);

        private bool MentionsIn(ISymbol symbol) => contracts.Of(symbol).Speaks || (symbol.ContainingType is { } type && contracts.TraitsOf(type) is { View: true } or { Scoped: true });
    }
}
