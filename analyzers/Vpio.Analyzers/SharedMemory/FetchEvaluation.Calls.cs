using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Vpio.Analyzers.Knowledge;

namespace Vpio.Analyzers.SharedMemory;

/// <content>Calls: what they read, what they test, and what is a new look after them.</content>
internal sealed partial class FetchEvaluation
{
    private static readonly HashSet<string> Fences = ["MemoryBarrier", "MemoryBarrierProcessWide", "SpinWait", "Sleep", "Yield", "SpinOnce"];

    private static readonly HashSet<string> Bounds = ["Min", "Max", "Clamp"];

    // What reads the memory behind the view or pointer that it is given, a number of bytes from its beginning.
    private static readonly HashSet<string> Readers = ["BinaryPrimitives", "BitConverter", "MemoryMarshal", "Unsafe", "Marshal", "Encoding"];

    // What copies all of it.
    private static readonly HashSet<string> Copiers = ["CopyTo", "TryCopyTo", "ToArray", "MemoryCopy", "BlockCopy", "CopyBlock", "CopyBlockUnaligned", "Copy"];

    private IReadOnlyCollection<Fetch> OfCall(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (Places.OnlyCompares(method))
            return [];
        string? place = places.PlaceOf(call);
        if (place is not null && (Places.HandsOn(method) || method.RefKind != RefKind.None))
            return Read(call, place, mayBeLate: true);
        List<Fetch> all = OfInstance(call);
        foreach (IArgumentOperation argument in call.Arguments)
            all.AddRange(OfArgument(argument, call));
        if (place is not null && !places.IsLead(call) && !Copiers.Contains(method.Name))
            all.AddRange(Read(call, place, mayBeLate: true));
        foreach (IArgumentOperation argument in call.Arguments.Where(IsDestination))
            Assign(argument.Value, all);
        Apply(call, all);
        return all;
    }

    private List<Fetch> OfInstance(IInvocationOperation call)
    {
        if (call.Instance is not { } instance)
            return [];
        if (places.PlaceOf(instance) is not { } place)
            return [.. Evaluate(instance)];
        if (Copiers.Contains(call.TargetMethod.Name))
            return [.. Read(call, place, mayBeLate: true)];
        // A member of the struct itself may read any of it.
        if (instance.Type is { } type && !GuestMemory.IsView(type))
            return [.. Read(instance, place, mayBeLate: false)];
        Indices(instance);
        return [];
    }

    private IReadOnlyCollection<Fetch> OfArgument(IArgumentOperation argument, IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        if (places.PlaceOf(argument.Value) is not { } place)
            return argument.Parameter?.RefKind == RefKind.Out ? [] : Evaluate(argument.Value);
        if (argument.Parameter is { RefKind: not RefKind.None } parameter)
            return OfReference(argument, place, parameter, method);
        if (!places.IsLead(argument.Value))
            return Evaluate(argument.Value);
        if (Copiers.Contains(method.Name))
            return IsTarget(argument) ? [] : Read(argument.Value, place, mayBeLate: true);
        return method.ContainingType is { } type && Readers.Contains(type.Name) && !method.ReturnsVoid && !GuestMemory.IsView(method.ReturnType)
            ? Read(call, $"{place}.{method.Name}", mayBeLate: true)
            : Read(argument.Value, place, mayBeLate: false);
    }

    // Who gets a reference that it may write through perhaps only writes; and a compare-and-exchange tests what it finds by itself.
    private IReadOnlyCollection<Fetch> OfReference(IArgumentOperation argument, string place, IParameterSymbol parameter, IMethodSymbol method)
    {
        if (Places.IsAtomic(method))
            return method.Name == "Write" ? [] : Read(argument.Value, place, mayBeLate: method.Name == "Read");
        bool reads = parameter.RefKind is not (RefKind.Ref or RefKind.Out) || (method.ContainingType is { Name: "Unsafe" } && method.Name is "ReadUnaligned" or "Read");
        return Read(argument.Value, place, mayBeLate: reads);
    }

    private static bool IsTarget(IArgumentOperation argument) => argument.Parameter?.Name.StartsWith("dest", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsDestination(IArgumentOperation argument) =>
        argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref || (argument.Value is ILocalReferenceOperation && (argument.Parameter?.Type is INamedTypeSymbol { Name: "Span", ContainingNamespace.Name: "System" } || IsTarget(argument)));

    private void Apply(IInvocationOperation call, List<Fetch> all)
    {
        IMethodSymbol method = call.TargetMethod;
        MethodKnowledge known = WellKnown.Read(method);
        if (known.Blocks || (Fences.Contains(method.Name) && method.ContainingNamespace?.Name == "Threading"))
            state.Renew();
        if (known.IsAssert || (Bounds.Contains(method.Name) && method.ContainingNamespace?.Name == "System") || method.Name.StartsWith("ThrowIf", StringComparison.Ordinal))
            state.Test(all);
        if (method.MethodKind is MethodKind.LocalFunction or MethodKind.DelegateInvoke)
            state.Forget("{l:");
        if (!method.DeclaringSyntaxReferences.IsEmpty || method.MethodKind == MethodKind.DelegateInvoke)
            state.Forget("{f:");
    }
}
