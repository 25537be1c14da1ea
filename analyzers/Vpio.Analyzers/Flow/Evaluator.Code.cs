using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Contracts;

namespace Vpio.Analyzers.Flow;

/// <summary>Code that runs inside the member that is analysed: lambdas, local functions, private methods.</summary>
internal sealed partial class Evaluator
{
    // Deeper than this nothing is inferred any more.
    private const int MostDepth = 48;

    private Value CreateDelegate(IDelegateCreationOperation operation)
    {
        Value target = Evaluate(operation.Target);
        if (target is not CodeValue code)
            return Value.Unknown;
        analysis.NoteDelegate(code.Operation, operation.Type as INamedTypeSymbol);
        if (code.Operation is IMethodReferenceOperation reference)
            CheckDelegate(reference, operation.Type as INamedTypeSymbol);
        return code;
    }

    // What the method demands has to be said by the delegate too, or nobody who calls it knows.
    private void CheckDelegate(IMethodReferenceOperation reference, INamedTypeSymbol? type)
    {
        Contract method = analysis.Contracts.Of(reference.Method);
        Contract carried = type is null ? Contract.None : analysis.Contracts.Of((ISymbol)type);
        bool immediate = reference.Parent?.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod: { } target }, Parameter: { } parameter } && IsImmediate(target, parameter);
        if (!immediate && method.Clauses.Any(c => !carried.Clauses.Any(c.SaysTheSame)))
            analysis.Findings.Note("VPIO1026", reference.Syntax, null, reference.Method.Name);
    }

    private Value Run(CodeValue code, Argument[] arguments, SyntaxNode site)
    {
        switch (code.Operation)
        {
            case IFlowAnonymousFunctionOperation lambda:
                return Follow(lambda.Symbol, analysis.GraphOf(lambda, walk.Graph), null, arguments, site, sharesLocals: true);
            case IMethodReferenceOperation reference:
                return Call(reference.Method, code.Receiver, reference.Instance?.Type, arguments, site, reference);
            default:
                return Value.Unknown;
        }
    }

    private Value Follow(MemberBody body, Value? receiver, Argument[] arguments, SyntaxNode site)
    {
        analysis.NoteFollowed(body.Method);
        return Follow(body.Method, body.Graph(walk.Graph), receiver, arguments, site, body.SharesLocals);
    }

    private Value Follow(IMethodSymbol method, ControlFlowGraph? graph, Value? receiver, Argument[] arguments, SyntaxNode site, bool sharesLocals)
    {
        if (graph is null || frame.IsActive(method) || frame.Depth >= MostDepth)
        {
            MayThrow();
            Recursion(method, site);
            if (frame.Depth >= MostDepth)
                Silence();
            return Value.Unknown;
        }

        analysis.NoteFollowed(method);
        PathState entry = Enter(method, receiver, arguments, sharesLocals);
        Activation inside = analysis.Remembered(method, walk.Followed, entry) ?? Activate(method, graph, entry);
        foreach (PathState thrown in inside.Throws)
            walk.Throw(Leave(thrown, sharesLocals, method));
        BlameCall(inside, site);
        if (inside.Exits.Count == 0)
        {
            _state.Ended = true;
            return Value.Unknown;
        }

        PathState exit = inside.Exits[inside.Exits.Count == 1 ? 0 : _choices.Take(inside.Exits.Count)];
        Value result = exit[Slots.Return] ?? Value.Unknown;
        Adopt(Leave(exit, sharesLocals, method));
        if (exit.Interrupted)
            Interrupt();

        // What the callee does with a hold that it should not have met says nothing of the caller's.
        if (inside.Blame.Any(b => b.Kind is DeviceUse.Grab or DeviceUse.Exclusion))
            Silence();
        foreach (Argument argument in arguments)
        {
            if (argument.Slot is not null && argument.Parameter is { RefKind: RefKind.Ref or RefKind.Out } parameter)
                _state.Set(argument.Slot, exit[parameter] ?? Value.Unknown);
        }

        return result is UnknownValue && !method.ReturnsVoid ? Result(method.ReturnType, site) : result;
    }

    private Activation Activate(IMethodSymbol method, ControlFlowGraph graph, PathState entry)
    {
        Frame inner = new(method, analysis.Contracts.Of(method), frame);
        GraphWalk inside = new(analysis, inner, graph, walk.Followed);
        inside.Run(entry.Clone());
        analysis.NoteCycles(inside);
        Activation activation = new(entry, inside.Exits, inside.Throws, inner.Blame, inner.IsConcerned);
        analysis.Remember(method, walk.Followed, activation);
        return activation;
    }

    private PathState Enter(IMethodSymbol method, Value? receiver, Argument[] arguments, bool sharesLocals)
    {
        PathState entry;
        if (sharesLocals)
        {
            entry = _state.Clone();
            entry.Hold = _state.Hold with { AtEntry = true };
        }
        else
        {
            entry = new PathState(_state.Hold with { AtEntry = true });
            if (receiver is not null)
                entry.Set(Slots.This, receiver);
            foreach (KeyValuePair<object, Value> field in _state.Slots.Where(s => s.Key is Identity))
                entry.Set(field.Key, field.Value);
        }

        entry.ViewsDied = false;
        entry.Interrupted = false;
        foreach (Argument argument in arguments)
        {
            if (argument.Parameter is { } parameter && parameter.Ordinal < method.Parameters.Length)
                entry.Set(method.Parameters[parameter.Ordinal], argument.Value);
        }

        return entry;
    }

    // Back to the caller: its own locals, with what the callee changed of the hold, of fields, and of the locals it shares.
    private PathState Leave(PathState end, bool sharesLocals, IMethodSymbol method)
    {
        PathState back = sharesLocals ? end.Clone() : _state.Clone();
        bool untouched = end.Hold.AtEntry;
        back.Hold = end.Hold with { AtEntry = untouched && _state.Hold.AtEntry };
        back.ViewsDied = _state.ViewsDied || end.ViewsDied;
        back.Interrupted = _state.Interrupted || end.Interrupted;
        back.Forget(Slots.Return);
        foreach (IParameterSymbol parameter in method.Parameters)
            back.Forget(parameter);
        if (!sharesLocals)
        {
            foreach (KeyValuePair<object, Value> field in end.Slots.Where(s => s.Key is Identity))
                back.Set(field.Key, field.Value);
        }

        if (end.ViewsDied && walk.Followed is { } followed)
            Expire(back, followed);
        if (!untouched)
            back.InvalidateAnswers();
        return back;
    }

    private void Adopt(PathState state)
    {
        _state.Become(state);
        if (_state.Hold.Kind != HoldKind.Held)
            Interrupt();
    }

    private void BlameCall(Activation inside, SyntaxNode site)
    {
        IReadOnlyList<(DeviceUse Kind, Verdict Verdict)> blame = inside.Blame;
        if (walk.Followed is not { } followed)
            return;
        if (inside.IsConcerned)
            frame.Concern();
        else
            analysis.Findings.NoteElsewhere(site, followed);
        foreach (DeviceUse kind in new[] { DeviceUse.Requirement, DeviceUse.Exclusion })
        {
            (DeviceUse Kind, Verdict Verdict)[] blamed = blame.Where(b => (b.Kind == DeviceUse.Grab ? DeviceUse.Exclusion : b.Kind == DeviceUse.Exclusion ? DeviceUse.Exclusion : DeviceUse.Requirement) == kind).ToArray();
            if (blamed.Length == 0)
            {
                if (inside.IsConcerned && _state.Hold.Kind != HoldKind.Silent)
                    analysis.Findings.Note(site, followed, kind, Verdict.Fine, null, Findings.Inferred);
                continue;
            }

            analysis.Findings.NotePresence(site, followed, held: false);
            if (_state.Hold.AtEntry && frame.Caller is not null)
                frame.Blame.Add((kind, blamed[0].Verdict));
            else
                analysis.Findings.Note(site, followed, kind, blamed[0].Verdict, _state.Hold.Grabs.Cause ?? _state.Hold.Grabs.Sites.FirstOrDefault(), Findings.Inferred);
        }

        if (blame.Count == 0 && _state.Hold.Kind == HoldKind.Held)
            analysis.Findings.NotePresence(site, followed, held: true);
    }

    private bool IsImmediate(IMethodSymbol target, IParameterSymbol parameter) =>
        analysis.Contracts.Has(parameter, "Immediate") || analysis.Contracts.Known(target).RunsAtOnce || (analysis.BodyOf(target) is not null && !analysis.Contracts.Of(target).Speaks);

    private void RunImmediate(IMethodSymbol target, Argument[] arguments, SyntaxNode site)
    {
        foreach (Argument argument in arguments)
        {
            if (argument.Value is not CodeValue code || argument.Parameter is not { } parameter || !IsImmediate(target, parameter))
                continue;

            // An eager query may find nothing to run it on.
            if (analysis.Contracts.Known(target).RunsAtOnce && _choices.Take(2) == 1)
                continue;
            Run(code, [], Unwrap(argument.Operation).Syntax is var syntax && code.Operation is IFlowAnonymousFunctionOperation ? site : syntax);
        }
    }

    /// <summary>The code may run at any time, by anybody, from here on.</summary>
    private void Escape(CodeValue code)
    {
        analysis.NoteEscaped(code);
        if (code.Operation is not IFlowAnonymousFunctionOperation lambda)
            return;
        foreach (KeyValuePair<object, Value> slot in _state.Slots.Where(s => s.Key is ISymbol && s.Value is HandleValue or ViewValue).ToList())
        {
            if (analysis.FirstUse(lambda.Syntax, (ISymbol)slot.Key) is not { } use)
                continue;
            DeviceSet devices = slot.Value is HandleValue handle ? handle.Devices : ((ViewValue)slot.Value).Devices;
            analysis.Discover(devices);
            analysis.Hide((ISymbol)slot.Key, lambda.Syntax);
            if (walk.Followed is not { } followed || devices.ConcernOf(followed) == Concern.No || _state.Hold.Kind != HoldKind.Held)
                continue;
            analysis.Findings.Note("VPIO1015", use, null, followed.Display, _state.Hold.Grabs.Sites.FirstOrDefault());
            if (slot.Value is HandleValue)
                Silence();
        }
    }
}
