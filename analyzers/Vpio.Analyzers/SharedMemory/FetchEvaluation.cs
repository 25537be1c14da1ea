using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Knowledge;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Evaluates operations for the reads that their values come from.</summary>
/// <param name="places">What is guest-writable.</param>
/// <param name="state">The state, which the operations change.</param>
/// <param name="found">Where reads that come too late are put, each with the read that was tested.</param>
internal sealed partial class FetchEvaluation(GuestPlaces places, FetchState state, Dictionary<SyntaxNode, SyntaxNode> found)
{
    /// <summary>Evaluates one operation.</summary>
    /// <returns>The reads that its value comes from.</returns>
    public IReadOnlyCollection<Fetch> Evaluate(IOperation operation)
    {
        switch (operation)
        {
            case INameOfOperation or ITypeOfOperation or ISizeOfOperation or IFlowAnonymousFunctionOperation or IAnonymousFunctionOperation: return [];
            case IAssignmentOperation assignment: return OfAssignment(assignment);
            case IIncrementOrDecrementOperation step: return OfStep(step);
            case IFlowCaptureOperation capture: return OfCapture(capture);
            case IFlowCaptureReferenceOperation reference when !LeadsToPlace(reference): return [.. state.ValueOf(reference.Id)];
            case IInvocationOperation call: return OfCall(call);
            case IIsPatternOperation test: return OfPattern(test);
            case IAwaitOperation: state.Renew(); break;
            case IInvalidOperation when WellKnown.LockEntered(operation) is not null: state.Renew(); break;
        }

        if (places.PlaceOf(operation) is { } place && !places.IsLead(operation))
            return Read(operation, place, mayBeLate: true);
        return operation switch
        {
            ILocalReferenceOperation local => [.. state.ValueOf(local.Local)],
            IParameterReferenceOperation parameter => [.. state.ValueOf(parameter.Parameter)],
            IFieldReferenceOperation { Instance: { } instance } field when !IsOwn(field) => [.. Evaluate(instance).Select(f => f with { Place = GuestPlaces.MemberOf(f.Place, field.Field.Name) })],
            IFieldReferenceOperation field => [.. state.ValueOf(field.Field)],
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

    // A reference that is set aside is no read yet: what it leads to is read where it is used. What stands in its brackets is.
    private IReadOnlyCollection<Fetch> OfCapture(IFlowCaptureOperation capture)
    {
        IReadOnlyCollection<Fetch> kept = [];
        if (LeadsToPlace(capture.Value))
            Indices(capture.Value);
        else
            kept = Evaluate(capture.Value);
        state.Set(capture.Id, kept);
        return kept;
    }

    private bool LeadsToPlace(IOperation value) => places.PlaceOf(value) is not null && places.IsLead(value);

    private IReadOnlyCollection<Fetch> OfAssignment(IAssignmentOperation assignment)
    {
        if (assignment is IDeconstructionAssignmentOperation { Target: var target } && Tuple(target) is { } targets && Tuple(assignment.Value) is { } values && targets.Elements.Length == values.Elements.Length)
        {
            IReadOnlyCollection<Fetch>[] each = [.. values.Elements.Select(Evaluate)];
            for (int i = 0; i < each.Length; i++)
                Assign(targets.Elements[i], each[i]);
            return [.. each.SelectMany(v => v)];
        }

        IReadOnlyCollection<Fetch> value = assignment is ISimpleAssignmentOperation { IsRef: true } ? [] : Evaluate(assignment.Value);
        if (assignment is ICompoundAssignmentOperation or ICoalesceAssignmentOperation)
            value = [.. value, .. Evaluate(assignment.Target)];
        Assign(assignment.Target, value);
        return value;
    }

    private static ITupleOperation? Tuple(IOperation operation) => operation switch
    {
        ITupleOperation tuple => tuple,
        IConversionOperation conversion => Tuple(conversion.Operand),
        IDeclarationExpressionOperation declaration => Tuple(declaration.Expression),
        _ => null,
    };

    private IReadOnlyCollection<Fetch> OfStep(IIncrementOrDecrementOperation step)
    {
        IReadOnlyCollection<Fetch> value = Evaluate(step.Target);
        Assign(step.Target, value);
        return value;
    }

    private void Assign(IOperation target, IReadOnlyCollection<Fetch> value)
    {
        switch (target)
        {
            case ILocalReferenceOperation local: Assign(local.Local, value); break;
            case IParameterReferenceOperation parameter: Assign(parameter.Parameter, value); break;
            case IDeclarationExpressionOperation declaration: Assign(declaration.Expression, value); break;
            case ITupleOperation tuple:
                foreach (IOperation element in tuple.Elements)
                    Assign(element, value);
                break;
            case IFieldReferenceOperation field: AssignField(field, value); break;
            case IPropertyReferenceOperation property:
                ForgetMember(property.Property.Name);
                AddTo(property.Instance, value);
                break;
        }
    }

    private void AssignField(IFieldReferenceOperation field, IReadOnlyCollection<Fetch> value)
    {
        ForgetMember(field.Field.Name);
        if (places.PlaceOf(field) is { } place)
        {
            Indices(field);
            state.Untest(place);
        }
        else if (IsOwn(field))
            state.Set(field.Field, value);
        else
            AddTo(field.Instance, value);
    }

    // What is put into a member of a variable is a part of the variable's value.
    private void AddTo(IOperation? instance, IReadOnlyCollection<Fetch> value)
    {
        object? variable = instance switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            IFlowCaptureReferenceOperation capture => capture.Id,
            _ => null,
        };
        if (variable is not null)
            state.Add(variable, value);
    }

    private static bool IsOwn(IFieldReferenceOperation field) => field.Instance is null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance };

    private void Assign(ISymbol variable, IReadOnlyCollection<Fetch> value)
    {
        string name = GuestPlaces.NameOf(variable);
        state.Forget($"{{l:{name}}}");
        state.Forget($"{{r:{name}}}");
        state.Set(variable, value);
    }

    private void ForgetMember(string name)
    {
        state.Forget($"{{f:{name}}}");
        state.Forget($"{{r:{name}}}");
    }

    // A pattern reads the members that it names, and gives names to what it has read.
    private IReadOnlyCollection<Fetch> OfPattern(IIsPatternOperation test)
    {
        IReadOnlyCollection<Fetch> value = places.PlaceOf(test.Value) is { } place && !places.IsLead(test.Value) ? OfPattern(test.Pattern, place, test.Value) : Evaluate(test.Value);
        foreach (IOperation pattern in test.Pattern.DescendantsAndSelf())
        {
            ISymbol? named = pattern switch
            {
                IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
                IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
                _ => null,
            };
            if (named is not null)
                Assign(named, value);
        }

        return value;
    }

    private IReadOnlyCollection<Fetch> OfPattern(IPatternOperation pattern, string place, IOperation site) => pattern switch
    {
        IRecursivePatternOperation { DeclaredSymbol: null, DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns: { IsEmpty: false } members } =>
            [.. members.SelectMany(m => OfPattern(m.Pattern, GuestPlaces.MemberOf(place, MemberName(m.Member)), m.Member))],
        IBinaryPatternOperation both => [.. OfPattern(both.LeftPattern, place, site), .. OfPattern(both.RightPattern, place, site)],
        INegatedPatternOperation not => OfPattern(not.Pattern, place, site),
        _ => Read(site, place, mayBeLate: true),
    };

    private static string MemberName(IOperation member) => member is IMemberReferenceOperation reference ? reference.Member.Name : "?";
}
