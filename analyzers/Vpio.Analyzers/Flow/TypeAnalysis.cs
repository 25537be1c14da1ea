using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Is what is common to the analysis of all members of one type: bodies, and what was found so far.</summary>
internal sealed class TypeAnalysis(ContractTable contracts, OwnershipOptions options, IReadOnlyDictionary<IMethodSymbol, ControlFlowGraph> bodies, ISet<ISymbol> rewritten, CancellationToken cancel)
{
    private readonly HashSet<Identity> _devices = [];
    private readonly Dictionary<ISymbol, MemberBody?> _bodies = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _unanswered = [];
    private readonly Dictionary<ControlFlowGraph, GraphRegions> _regions = [];
    private readonly Dictionary<(ISymbol Member, Identity? Device), List<Activation>> _activations = [];
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<SyntaxNode, CodeValue> _escaped = [];
    private readonly Dictionary<SyntaxNode, INamedTypeSymbol?> _delegates = [];
    private readonly Dictionary<SyntaxNode, HashSet<ISymbol>> _hidden = [];
    private readonly HashSet<(SyntaxNode Site, Identity Grabbed, Identity Later)> _orders = [];
    private readonly Dictionary<ISymbol, ImmutableArray<(ISymbol Field, int Ordinal)>> _kept = new(SymbolEqualityComparer.Default);
    private HashSet<ISymbol> _hiddenNow = new(SymbolEqualityComparer.Default);

    /// <summary>Gets the contracts.</summary>
    public ContractTable Contracts => contracts;

    /// <summary>Gets the options.</summary>
    public OwnershipOptions Options => options;

    /// <summary>Gets what is found of the member that is analysed now.</summary>
    public Findings Findings { get; private set; } = new();

    /// <summary>Gets the grabs whose order is prescribed, with what must come later.</summary>
    public IEnumerable<(SyntaxNode Site, Identity Grabbed, Identity Later)> Orders => _orders;

    /// <summary>Gets the code that may run at any time.</summary>
    public IReadOnlyDictionary<SyntaxNode, CodeValue> Escaped => _escaped;

    /// <summary>Gets the devices found in the member that is analysed now.</summary>
    public IReadOnlyCollection<Identity> Devices => _devices;

    /// <summary>Starts on a member, or starts it again.</summary>
    public void Begin(IEnumerable<SyntaxNode> unanswered, SyntaxNode? lambda)
    {
        Findings = new Findings();
        _devices.Clear();
        _activations.Clear();
        _unanswered.Clear();
        _unanswered.UnionWith(unanswered);
        _hiddenNow = lambda is not null && _hidden.TryGetValue(lambda, out HashSet<ISymbol>? hidden) ? hidden : new(SymbolEqualityComparer.Default);
        cancel.ThrowIfCancellationRequested();
    }

    /// <summary>Notes devices that operations are on.</summary>
    public void Discover(DeviceSet devices)
    {
        if (devices.Single is { } single)
            _devices.Add(single);
        else
            _devices.UnionWith(devices.Devices);
    }

    /// <summary>Gets whether the answer of a try-grab is never looked at: what follows from it is not reported once more.</summary>
    public bool Swallows(SyntaxNode site) => _unanswered.Contains(site);

    /// <summary>Gets the body to infer from, if the member is private, says nothing itself and runs when it is called.</summary>
    public MemberBody? BodyOf(IMethodSymbol method)
    {
        if (method.MethodKind != MethodKind.LocalFunction && method.DeclaredAccessibility != Accessibility.Private)
            return null;
        method = method.OriginalDefinition;
        if (!_bodies.TryGetValue(method, out MemberBody? body))
            _bodies[method] = body = FindBody(method);
        return body;
    }

    private MemberBody? FindBody(IMethodSymbol method)
    {
        if (method.IsAsync || contracts.IsUnchecked(method) || method.Parameters.Any(p => contracts.Has(p, "Owns")) || ContractReader.IsIterator(method))
            return null;
        if (method.MethodKind == MethodKind.LocalFunction)
            return new MemberBody(method, SharesLocals: true, graph => InScope(() => graph.GetLocalFunctionControlFlowGraphInScope(method, cancel)));
        return !method.IsVirtual && bodies.TryGetValue(method, out ControlFlowGraph? body) ? new MemberBody(method, SharesLocals: false, _ => body) : null;
    }

    /// <summary>Gets the graph of a lambda.</summary>
    public ControlFlowGraph? GraphOf(IFlowAnonymousFunctionOperation lambda, ControlFlowGraph graph) =>
        lambda.Symbol.IsAsync ? null : InScope(() => graph.GetAnonymousFunctionControlFlowGraphInScope(lambda, cancel));

    /// <summary>Gets the regions of a graph.</summary>
    public GraphRegions RegionsOf(ControlFlowGraph graph)
    {
        if (!_regions.TryGetValue(graph, out GraphRegions? regions))
            _regions[graph] = regions = new GraphRegions(new Handlers(graph), new Slots(graph));
        return regions;
    }

    /// <summary>Gets what following a member came to, if it was followed from the same entry before.</summary>
    public Activation? Remembered(IMethodSymbol method, Identity? followed, PathState entry) =>
        _activations.TryGetValue((method, followed), out List<Activation>? known) ? known.FirstOrDefault(a => a.Entry.IsSame(entry)) : null;

    /// <summary>Remembers what following a member came to.</summary>
    public void Remember(IMethodSymbol method, Identity? followed, Activation activation)
    {
        if (!_activations.TryGetValue((method, followed), out List<Activation>? known))
            _activations[(method, followed)] = known = [];
        known.Add(activation);
    }

    /// <summary>Notes that a member was followed where it was called.</summary>
    public void NoteFollowed(IMethodSymbol method) => _followed.Add(method.OriginalDefinition);

    /// <summary>Gets whether a member was followed where it was called.</summary>
    public bool WasFollowed(IMethodSymbol method) => _followed.Contains(method.OriginalDefinition);

    /// <summary>Notes that code may run at any time.</summary>
    public void NoteEscaped(CodeValue code) => _escaped[code.Operation.Syntax] = code;

    /// <summary>Notes which delegate a piece of code was made into.</summary>
    public void NoteDelegate(IOperation code, INamedTypeSymbol? type) => _delegates[code.Syntax] = type;

    /// <summary>Gets what the delegate that a lambda was made into demands of its callers.</summary>
    public INamedTypeSymbol? DelegateOf(SyntaxNode code) => _delegates.TryGetValue(code, out INamedTypeSymbol? type) ? type : null;

    /// <summary>Keeps quiet about a captured handle inside the code that captured it: the capture is what is reported.</summary>
    public void Hide(ISymbol variable, SyntaxNode lambda)
    {
        if (!_hidden.TryGetValue(lambda, out HashSet<ISymbol>? hidden))
            _hidden[lambda] = hidden = new(SymbolEqualityComparer.Default);
        hidden.Add(variable);
    }

    /// <summary>Gets whether the code that is analysed captured the variable from outside.</summary>
    public bool IsHidden(ISymbol variable) => _hiddenNow.Contains(variable);

    /// <summary>Gets the first use of a variable inside a lambda.</summary>
    public SyntaxNode? FirstUse(SyntaxNode lambda, ISymbol variable) =>
        variable.DeclaringSyntaxReferences.Any(r => lambda.Span.Contains(r.Span)) ? null
            : lambda.DescendantNodes().OfType<IdentifierNameSyntax>().FirstOrDefault(n => n.Identifier.ValueText == variable.Name && !IsMemberName(n));

    /// <summary>Notes the loops of a member that hold the device without a poll.</summary>
    public void NoteCycles(GraphWalk walk)
    {
        if (walk.Followed is { } followed)
            Loops.Report(walk, followed, options, Findings);
    }

    /// <summary>Notes that a member calls itself while it holds the device.</summary>
    public void NoteRecursion(ISymbol member, Identity device, bool polled, SyntaxNode site)
    {
        if (!polled && member.Locations.FirstOrDefault(l => l.IsInSource) is { } location)
            Findings.Note("VPIO1023", site, location, device.Display);
    }

    /// <summary>Notes that another device has to be grabbed later than the one that is grabbed.</summary>
    public void NoteOrder(SyntaxNode site, Identity grabbed, Identity later)
    {
        _orders.Add((site, grabbed, later));
        Discover(DeviceSet.Of(later));
    }

    /// <summary>Gets whether a call is made on a view, and so needs the device that it looks at.</summary>
    public bool IsViewMember(IMethodSymbol method) => !method.IsStatic && method.ContainingType is { } type && contracts.TraitsOf(type).View;

    /// <summary>Gets whether a field may be written by code that is not seen here.</summary>
    public bool IsMutable(IFieldSymbol field) =>
        !field.IsReadOnly && !field.IsConst && (field.DeclaredAccessibility != Accessibility.Private || rewritten.Contains(field));

    /// <summary>Gets whether reading or writing a property may throw.</summary>
    public bool MayThrow(IPropertySymbol property)
    {
        if (contracts.NeverThrows(property))
            return false;
        IMethodSymbol[] accessors = new[] { property.GetMethod, property.SetMethod }.Where(a => a is not null).Select(a => a!).ToArray();
        return !accessors.All(a => contracts.Has(a, "NoThrow")) && !contracts.IsAutomatic(property);
    }

    /// <summary>Gets whether a variable outlives its constructor and is written by other members.</summary>
    public bool IsMutable(IParameterSymbol parameter) => rewritten.Contains(parameter);

    /// <summary>Gets the fields that a constructor only keeps a parameter in.</summary>
    public ImmutableArray<(ISymbol Field, int Ordinal)> KeptBy(IMethodSymbol constructor)
    {
        if (!_kept.TryGetValue(constructor.OriginalDefinition, out ImmutableArray<(ISymbol, int)> kept))
            _kept[constructor.OriginalDefinition] = kept = FindKept(constructor.OriginalDefinition).ToImmutableArray();
        return kept;
    }

    private static IEnumerable<(ISymbol Field, int Ordinal)> FindKept(IMethodSymbol constructor)
    {
        SyntaxNode? declaration = constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        if (declaration is RecordDeclarationSyntax)
        {
            foreach (IParameterSymbol parameter in constructor.Parameters)
            {
                if (constructor.ContainingType.GetMembers(parameter.Name).FirstOrDefault() is IPropertySymbol { SetMethod: null or { IsInitOnly: true } } property)
                    yield return (property, parameter.Ordinal);
            }
        }

        if (declaration is not ConstructorDeclarationSyntax written)
            yield break;
        IEnumerable<ExpressionSyntax?> expressions = written.ExpressionBody is { } body ? [body.Expression] : written.Body?.Statements.OfType<ExpressionStatementSyntax>().Select(s => s.Expression) ?? [];
        foreach (AssignmentExpressionSyntax assignment in expressions.OfType<AssignmentExpressionSyntax>())
        {
            string? name = assignment.Left switch { IdentifierNameSyntax n => n.Identifier.ValueText, MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } m => m.Name.Identifier.ValueText, _ => null };
            IParameterSymbol? parameter = assignment.Right is IdentifierNameSyntax r ? constructor.Parameters.FirstOrDefault(p => p.Name == r.Identifier.ValueText) : null;
            if (name is not null && parameter is not null && constructor.ContainingType.GetMembers(name).FirstOrDefault() is IFieldSymbol { IsReadOnly: true } or IPropertySymbol { SetMethod: null } && constructor.ContainingType.GetMembers(name)[0] is { } field)
                yield return (field, parameter.Ordinal);
        }
    }

    private static bool IsMemberName(IdentifierNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access && access.Name == name;

    // Roslyn has no other way to tell that a graph does not see the code: it stands in another member.
    private static ControlFlowGraph? InScope(Func<ControlFlowGraph> find)
    {
        try
        {
            return find();
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
