using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Finds code that copies or overwrites memory with shared words in it many bytes at a time.</summary>
internal sealed class WordCopies(MemoryMarks marks, Places places)
{
    private static readonly Dictionary<string, string[]> Methods = new()
    {
        ["Unsafe"] = ["Read", "ReadUnaligned", "Write", "WriteUnaligned", "Copy", "CopyBlock", "CopyBlockUnaligned", "InitBlock", "InitBlockUnaligned"],
        ["MemoryMarshal"] = ["Read", "Write", "TryRead", "TryWrite"],
        ["Marshal"] = ["PtrToStructure", "StructureToPtr"],
        ["Buffer"] = ["MemoryCopy", "BlockCopy"],
        ["NativeMemory"] = ["Copy", "Clear", "Fill"],
        ["Array"] = ["Copy", "ConstrainedCopy", "CopyTo", "Clear", "Fill", "Clone"],
        ["MemoryExtensions"] = ["CopyTo"],
        ["Span"] = ["CopyTo", "TryCopyTo", "ToArray", "Fill", "Clear"],
        ["ReadOnlySpan"] = ["CopyTo", "TryCopyTo", "ToArray"],
        ["Memory"] = ["CopyTo", "TryCopyTo", "ToArray"],
        ["ReadOnlyMemory"] = ["CopyTo", "TryCopyTo", "ToArray"],
    };

    private static readonly HashSet<string> Overwriting = ["Clear", "Fill", "InitBlock", "InitBlockUnaligned", "Write", "WriteUnaligned", "TryWrite", "StructureToPtr"];

    /// <summary>Gets whether what copies words by that name only writes them.</summary>
    public static bool Overwrites(string name) => Overwriting.Contains(name);

    /// <summary>Gets the name of what an operation copies words by or from, or null when it copies none.</summary>
    public string? Find(IOperation operation) => operation switch
    {
        IInvocationOperation call => Copies(call) ? call.TargetMethod.Name : null,
        _ when IsSpread(operation) => HasWords(operation) ? operation.Syntax.ToString() : null,
        _ => null,
    };

    /// <summary>Gets the collection whose elements a loop copies, one after the other, if there are words in them.</summary>
    public IOperation? CopiedBy(IForEachLoopOperation loop) =>
        loop.LoopControlVariable is IVariableDeclaratorOperation { Symbol.IsRef: true } || !HasWords(loop.Collection) ? null : Plain(loop.Collection);

    private bool Copies(IInvocationOperation call)
    {
        IMethodSymbol method = call.TargetMethod;
        return method.ContainingType is { } type && Methods.TryGetValue(type.Name, out string[]? names) && names.Contains(method.Name) && Leads.InSystem(method) &&
            (method.TypeArguments.Any(marks.HoldsWords) || HasWords(call.Instance) || call.Arguments.Any(a => HasWords(a.Value)));
    }

    private static bool IsSpread(IOperation operation) => operation is not IConversionOperation && operation.Syntax.Parent is SpreadElementSyntax spread && spread.Expression == operation.Syntax;

    // Whether it leads to shared words, or refers to some as if they were something else.
    private bool HasWords(IOperation? operation)
    {
        IOperation? lead = Plain(operation);
        if (lead is null || Leads.IsOnStack(lead))
            return false;
        return marks.HoldsWords(Leads.ElementOf(lead.Type)) || places.Lead(lead, Mark.SharedWord) is not null || IsDisguised(lead);
    }

    /// <summary>Gets whether an expression is a struct with shared words that is seen as another type.</summary>
    public bool IsDisguised(IOperation operation) =>
        operation is IInvocationOperation { TargetMethod: { Name: "As", RefKind: not RefKind.None } method, Arguments.Length: 1 } call && Places.HandsOn(method) && marks.HoldsWords(method.TypeArguments[0]) && Places.IsPlace(call.Arguments[0].Value);

    private static IOperation? Plain(IOperation? operation)
    {
        while (operation is IConversionOperation conversion)
            operation = conversion.Operand;
        return operation;
    }
}
