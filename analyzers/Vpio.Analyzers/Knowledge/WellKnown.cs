using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Vpio.Analyzers.Knowledge;

/// <summary>Knows what members of the framework do that matters to who holds a device.</summary>
internal static class WellKnown
{
    private static readonly HashSet<string> EagerQueries =
    [
        "Aggregate", "All", "Any", "Average", "Contains", "Count", "CountBy", "AggregateBy", "First", "FirstOrDefault", "Last", "LastOrDefault", "LongCount", "Max", "MaxBy", "Min", "MinBy",
        "Single", "SingleOrDefault", "Sum", "ToArray", "ToDictionary", "ToHashSet", "ToList", "ToLookup",
    ];

    private static readonly HashSet<string> EagerOfLists =
    [
        "ForEach", "Find", "FindAll", "FindIndex", "FindLast", "FindLastIndex", "Exists", "TrueForAll", "RemoveAll", "ConvertAll", "Sort",
    ];

    /// <summary>Gets all that is known of a method.</summary>
    public static MethodKnowledge Read(IMethodSymbol method) =>
        new(Blocks(method), RunsAtOnce(method), DoesNotReturn(method), EndsProcess(method), IsAssert(method), IsUnchecked(method), IsFramework(method));

    /// <summary>Gets whether a call may wait for something.</summary>
    private static bool Blocks(IMethodSymbol method) => (Space(method.ContainingType), method.ContainingType.Name, method.Name) switch
    {
        ("System.Threading", "Thread", "Sleep" or "Join") => true,
        ("System.Threading", "SpinWait", "SpinUntil") => true,
        ("System.Threading", "Monitor", "Enter" or "TryEnter" or "Wait") => true,
        ("System.Threading", "Lock", "Enter" or "EnterScope") => true,
        ("System.Threading", "SemaphoreSlim" or "ManualResetEventSlim" or "CountdownEvent", "Wait") => true,
        ("System.Threading", "Barrier", "SignalAndWait") => true,
        ("System.Threading", "WaitHandle" or "Mutex" or "Semaphore" or "EventWaitHandle" or "AutoResetEvent" or "ManualResetEvent", "WaitOne" or "WaitAll" or "WaitAny" or "SignalAndWait") => true,
        ("System.Threading", "ReaderWriterLockSlim", "EnterReadLock" or "EnterWriteLock" or "EnterUpgradeableReadLock") => true,
        ("System.Threading.Tasks", "Task", "Wait" or "WaitAll" or "WaitAny" or "RunSynchronously") => true,
        ("System.Threading.Tasks", "Parallel", _) => true,
        ("System.Runtime.CompilerServices", "TaskAwaiter" or "ValueTaskAwaiter", "GetResult") => true,
        ("System.Diagnostics", "Process", "WaitForExit") => true,
        ("System.Collections.Concurrent", "BlockingCollection", "Take" or "Add") => true,
        ("System", "Console", "ReadLine" or "ReadKey" or "Read") => true,
        _ => false,
    };

    /// <summary>Gets the statement that enters a lock here, where Roslyn has no operation for that: some versions have none for a <c>System.Threading.Lock</c>.</summary>
    public static LockStatementSyntax? LockEntered(IOperation invalid) =>
        invalid.Syntax.FirstAncestorOrSelf<LockStatementSyntax>(l => l == invalid.Syntax || l.Expression == invalid.Syntax);

    /// <summary>Gets whether reading a property may wait for something.</summary>
    public static bool Blocks(IPropertySymbol property) =>
        property.Name == "Result" && property.ContainingType.Name is "Task" or "ValueTask" && Space(property.ContainingType) == "System.Threading.Tasks";

    /// <summary>Gets whether a call runs the delegates it is given before it returns.</summary>
    private static bool RunsAtOnce(IMethodSymbol method) => (Space(method.ContainingType), method.ContainingType.Name) switch
    {
        ("System.Linq", "Enumerable" or "ImmutableArrayExtensions") => EagerQueries.Contains(method.Name),
        ("System.Collections.Generic", "List") or ("System", "Array") => EagerOfLists.Contains(method.Name),
        _ => false,
    };

    /// <summary>Gets whether a call never comes back but by an exception.</summary>
    private static bool DoesNotReturn(IMethodSymbol method) =>
        method.GetAttributes().Any(a => a.AttributeClass is { Name: "DoesNotReturnAttribute" } type && Space(type) == "System.Diagnostics.CodeAnalysis") ||
        (method.Name == "Throw" && method.ContainingType.Name == "ExceptionDispatchInfo");

    /// <summary>Gets whether a call ends the process.</summary>
    private static bool EndsProcess(IMethodSymbol method) =>
        method.Name is "FailFast" or "Exit" && method.ContainingType.Name == "Environment" && Space(method.ContainingType) == "System";

    /// <summary>Gets whether a call states what is taken for granted after it.</summary>
    private static bool IsAssert(IMethodSymbol method) => method.Name == "Assert" && method.ContainingType.Name is "Debug" or "Trace" && Space(method.ContainingType) == "System.Diagnostics";

    /// <summary>Gets whether a call is the opt-out inside an expression.</summary>
    private static bool IsUnchecked(IMethodSymbol method) => method.Name == "Unchecked" && method.ContainingType.Name == "Ownership" && Space(method.ContainingType) == Contracts.ContractReader.Namespace;

    /// <summary>Gets whether a member is the framework's, which knows no device.</summary>
    private static bool IsFramework(IMethodSymbol method)
    {
        INamespaceSymbol? space = method.ContainingType?.ContainingNamespace;
        while (space is { ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space?.Name is "System" or "Microsoft";
    }

    // The name of the namespace, but only where one of the framework's could be meant: to write it out takes time.
    private static string Space(ITypeSymbol type)
    {
        INamespaceSymbol? space = type.ContainingNamespace;
        for (INamespaceSymbol? outer = space; outer is { IsGlobalNamespace: false }; outer = outer.ContainingNamespace)
        {
            if (outer.ContainingNamespace is { IsGlobalNamespace: true })
                return outer.Name is "System" or "Microsoft" or "Vpio" ? space!.ToDisplayString() : "";
        }

        return "";
    }
}

/// <summary>Is what is known of a method.</summary>
/// <param name="Blocks">It may wait for something.</param>
/// <param name="RunsAtOnce">It runs the delegates that it is given before it returns.</param>
/// <param name="DoesNotReturn">It comes back by an exception only.</param>
/// <param name="EndsProcess">It ends the process.</param>
/// <param name="IsAssert">It states what is taken for granted after it.</param>
/// <param name="IsUnchecked">It is the opt-out inside an expression.</param>
/// <param name="IsFramework">It is the framework's, which knows no device.</param>
internal sealed record MethodKnowledge(bool Blocks, bool RunsAtOnce, bool DoesNotReturn, bool EndsProcess, bool IsAssert, bool IsUnchecked, bool IsFramework);
