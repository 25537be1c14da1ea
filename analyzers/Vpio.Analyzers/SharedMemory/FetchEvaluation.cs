using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Knowledge;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Evaluates operations for the reads that their values come from.</summary>
/// <param name="places">What is guest-writable.</param>
/// <param name="state">The state, which the operations change.</param>
/// <param name="found">Where reads that come too late are put, each with the read that was tested.</param>
internal sealed class FetchEvaluation(GuestPlaces places, FetchState state, Dictionary<SyntaxNode, SyntaxNode> found)
{
    private static readonly HashSet<string> Fences = ["MemoryBarrier", "MemoryBarrierProcessWide", "SpinWait", "Sleep", "Yield", "SpinOnce"];

    private static readonly HashSet<string> Bounds = ["Min", "Max", "Clamp"];

    /// <summary>Evaluates one operation.</summary>
    /// <returns>The reads that its value comes from.</returns>
    public IReadOnlyCollection<Fetch> Evaluate(IOperation operation)
    {
        switch (operation)
        {
            case INameOfOperation or ITypeOfOperation or ISizeOfOperation or IFlowAnonymousFunctionOperation or IAnonymousFunctionOperation: return [];
            case IAssignmentOperation assignment: return OfAssignment(assignment);
            case IIncrementOrDecrementOperation step: return OfStep(step);
            case IFlowCaptureOperation capture:
                IReadOnlyCollection<Fetch> kept = Evaluate(capture.Value);
                state.Set(capture.Id, kept);
                return kept;
            case IFlowCaptureReferenceOperation reference: return [.. state.ValueOf(reference.Id)];
            case IInvocationOperation call: return OfCall(call);
            case IAwaitOperation: state.Renew(); break;
        }

        if (places.PlaceOf(operation) is { } place && !places.IsLead(operation))
            return Read(operation, place, mayBeLate: true);
        return operation switch
        {
            ILocalReferenceOperation local => [.. state.ValueOf(local.Local)],
            IParameterReferenceOperation parameter => [.. state.ValueOf(parameter.Parameter)],
            IFieldReferenceOperation { Instance: { } instance } field => [.. Evaluate(instance).Select(f => f with { Place = $"{f.Place}.{field.Field.Name}" })],
            _ => OfChildren(operation),
        };
    }

    private List<Fetch> OfChildren(IOperation operation)
    {
        List<Fetch> all = [];
        foreach (IOperation child in operation.ChildOperations)
            all.AddRange(Evaluate(child));
        return all;
    }

    private IReadOnlyCollection<Fetch> Read(IOperation operation, string place, bool mayBeLate)
    {
        Indices(operation);
        Fetch fetch = new(place, operation.Syntax);
        if (mayBeLate && state.TestedBefore(fetch) is { } first)
            found[operation.Syntax] = first;
        return [fetch];
    }

    // What stands in the brackets on the way is read, too.
    private void Indices(IOperation operation)
    {
        foreach (IOperation child in operation.ChildOperations)
        {
            if (child is IArgumentOperation argument)
                Evaluate(argument.Value);
            else if (places.PlaceOf(child) is null && child is not IInstanceReferenceOperation)
                Evaluate(child);
            else
                Indices(child);
        }
    }

    private IReadOnlyCollection<Fetch> OfAssignment(IAssignmentOperation assignment)
    {
        IReadOnlyCollection<Fetch> value = assignment is ISimpleAssignmentOperation { IsRef: true } ? [] : Evaluate(assignment.Value);
        if (assignment is ICompoundAssignmentOperation or ICoalesceAssignmentOperation)
            value = [.. value, .. Evaluate(assignment.Target)];
        Assign(assignment.Target, value);
        return value;
    }

    private IReadOnlyCollection<Fetch> OfStep(IIncrementOrDecrementOperation step)
    {
        IReadOnlyCollection<Fetch> value = Evaluate(step.Target);
        Assign(step.Target, value);
        return value;
    }

    private void Assign(IOperation target, IEnumerable<Fetch> value)
    {
        switch (target)
        {
            case ILocalReferenceOperation local: Assign(local.Local, local.Local.Name, value); break;
            case IParameterReferenceOperation parameter: Assign(parameter.Parameter, parameter.Parameter.Name, value); break;
            case IDeclarationExpressionOperation declaration: Assign(declaration.Expression, value); break;
            case ITupleOperation tuple:
                Fetch[] shared = [.. value];
                foreach (IOperation element in tuple.Elements)
                    Assign(element, shared);
                break;
            case IFieldReferenceOperation field:
                ForgetMember(field.Field.Name);
                if (places.PlaceOf(field) is not null)
                    Indices(field);
                break;
            case IPropertyReferenceOperation property: ForgetMember(property.Property.Name); break;
        }
    }

    private void Assign(ISymbol variable, string name, IEnumerable<Fetch> value)
    {
        Fetch[] fetches = [.. value];
        state.Forget($"{{l:{name}}}");
        state.Set(variable, fetches);
    }

    private void ForgetMember(string name)
    {
        state.Forget($"{{f:{name}}}");
        state.Forget($"{{r:{name}}}");
    }

    private IReadOnlyCollection<Fetch> OfCall(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (method.ContainingType is { Name: "Unsafe", ContainingNamespace.Name: "CompilerServices" } && !Places.HandsOn(method))
            return [];
        bool isRead = places.PlaceOf(call) is not null && !places.IsLead(call);
        List<Fetch> all = [];
        if (call.Instance is { } instance)
        {
            if (places.PlaceOf(instance) is null)
                all.AddRange(Evaluate(instance));
            else
                Indices(instance);
        }

        foreach (IArgumentOperation argument in call.Arguments)
            all.AddRange(OfArgument(argument, method));
        if (isRead && !Places.HandsOn(method))
            all.AddRange(Read(call, places.PlaceOf(call)!, mayBeLate: true));
        else if (Places.HandsOn(method) && places.PlaceOf(call) is { } place)
            return Read(call, place, mayBeLate: true);
        foreach (IArgumentOperation argument in call.Arguments.Where(a => a.Parameter?.RefKind is RefKind.Out or RefKind.Ref || IsBuffer(a)))
            Assign(argument.Value, all);
        Apply(call, all);
        return all;
    }

    private static bool IsBuffer(IArgumentOperation argument) => argument.Value is ILocalReferenceOperation { Type: INamedTypeSymbol { Name: "Span" } };

    private IReadOnlyCollection<Fetch> OfArgument(IArgumentOperation argument, IMethodSymbol method)
    {
        if (argument.Parameter is not { RefKind: not RefKind.None } parameter)
            return places.PlaceOf(argument.Value) is { } view && places.IsLead(argument.Value) ? Read(argument.Value, view, mayBeLate: false) : Evaluate(argument.Value);
        if (places.PlaceOf(argument.Value) is not { } place)
            return parameter.RefKind is RefKind.Out ? [] : Evaluate(argument.Value);
        // Who gets a reference that it may write through perhaps only writes.
        bool reads = Places.IsAtomic(method) ? method.Name != "Write" : parameter.RefKind is not (RefKind.Ref or RefKind.Out);
        return Places.IsAtomic(method) && !reads ? [] : Read(argument.Value, place, mayBeLate: reads);
    }

    private void Apply(IInvocationOperation call, List<Fetch> all)
    {
        IMethodSymbol method = call.TargetMethod;
        if (Fences.Contains(method.Name) && method.ContainingNamespace?.Name == "Threading")
            state.Renew();
        else if (WellKnown.Read(method).Blocks)
            state.Renew();
        if ((Bounds.Contains(method.Name) && method.ContainingNamespace?.Name == "System") || method.Name.StartsWith("ThrowIf", StringComparison.Ordinal) || WellKnown.Read(method).IsAssert)
            state.Test(all);
        if (!method.DeclaringSyntaxReferences.IsEmpty)
            state.Forget("{f:");
    }
}
