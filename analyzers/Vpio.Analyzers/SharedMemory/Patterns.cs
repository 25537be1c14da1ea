using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Vpio.Analyzers.SharedMemory;

/// <summary>Tells what patterns look at.</summary>
internal static class Patterns
{
    /// <summary>Gets the expression that a member named in a pattern is a member of, or null when it is a value that the pattern made.</summary>
    /// <param name="input">What stands for it in the pattern.</param>
    public static IOperation? InputOf(IInstanceReferenceOperation input)
    {
        IOperation? around = input.Parent;
        while (around is not (null or IRecursivePatternOperation))
            around = around.Parent;
        if (around is not IRecursivePatternOperation pattern || !SymbolEqualityComparer.Default.Equals(pattern.MatchedType, pattern.InputType))
            return null;
        do
            around = around.Parent;
        while (around is INegatedPatternOperation or IBinaryPatternOperation);
        return around switch
        {
            IPropertySubpatternOperation outer => outer.Member,
            IIsPatternOperation test => test.Value,
            ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice } => choice.Value,
            ICaseClauseOperation { Parent.Parent: ISwitchOperation choice } => choice.Value,
            _ => null,
        };
    }

    /// <summary>Gets whether an expression is matched with patterns that only look at members of it: the value as a whole is nowhere kept.</summary>
    public static bool OnlyLookInto(IOperation place) => place.Parent switch
    {
        IPropertySubpatternOperation outer => outer.Member == place && LooksInto(outer.Pattern),
        IIsPatternOperation test => test.Value == place && LooksInto(test.Pattern),
        ISwitchExpressionOperation choice => choice.Value == place && choice.Arms.All(a => LooksInto(a.Pattern)),
        ISwitchOperation choice => choice.Value == place && choice.Cases.SelectMany(c => c.Clauses).All(c => c is IDefaultCaseClauseOperation || (c is IPatternCaseClauseOperation pattern && LooksInto(pattern.Pattern))),
        _ => false,
    };

    private static bool LooksInto(IPatternOperation pattern) => pattern switch
    {
        IDiscardPatternOperation => true,
        IRecursivePatternOperation { DeclaredSymbol: null, DeconstructSymbol: null, DeconstructionSubpatterns.IsEmpty: true } => true,
        INegatedPatternOperation not => LooksInto(not.Pattern),
        IBinaryPatternOperation both => LooksInto(both.LeftPattern) && LooksInto(both.RightPattern),
        _ => false,
    };
}
