using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Vpio.Analyzers.Contracts;

/// <summary>Is one line of a contract file: an ownership attribute for a member that one cannot annotate.</summary>
/// <param name="Id">The documentation id of the member.</param>
/// <param name="Attribute">The attribute's name without its ending.</param>
/// <param name="Arguments">Its arguments as they are written: paths in quotes, and before them what means success.</param>
/// <remarks>The form is <c>documentation-id Attribute(argument, ...)</c>.</remarks>
internal sealed record ContractLine(string Id, string Attribute, ImmutableArray<string> Arguments)
{
    private static readonly Regex Form = new(@"^\s*(?<id>T:\S.*?|[MPEF]:[^\s(]+\.\S.*?)\s+(?<name>[A-Z]\w*)\s*(\((?<arguments>[^)]*)\))?\s*$", RegexOptions.CultureInvariant);

    // Those that are no clauses.
    private static readonly HashSet<string> Others = ["HeldWhen", "RevokedWhen", "Hint", "MayRevoke", "NoThrow", "Polls", "Quiesce"];

    /// <summary>Gets whether a contract file can give the attribute.</summary>
    public bool IsKnown => Others.Contains(Attribute) || Enum.TryParse(Attribute, out ClauseKind _);

    /// <summary>Reads a line.</summary>
    /// <returns>The line, or null when it has another form.</returns>
    public static ContractLine? Parse(string text)
    {
        Match match = Form.Match(text);
        return match.Success
            ? new(match.Groups["id"].Value, match.Groups["name"].Value, match.Groups["arguments"].Value.Split([','], StringSplitOptions.RemoveEmptyEntries).Select(a => a.Trim()).ToImmutableArray())
            : null;
    }

    /// <summary>Adds what the line says to the contract of the member that it names.</summary>
    /// <returns>The contract with it, or null when it cannot be said of this member.</returns>
    public Contract? AddTo(Contract contract, ISymbol member) => Attribute switch
    {
        "HeldWhen" when TruthOf(member) is { } held => contract with { HeldWhen = held },
        "RevokedWhen" when TruthOf(member) is { } wanted => contract with { RevokedWhen = wanted },
        "Hint" when member is IPropertySymbol && Arguments.IsEmpty => contract with { Hint = true },
        "MayRevoke" when Arguments.IsEmpty => contract with { MayRevoke = true },
        "NoThrow" when Arguments.IsEmpty => contract with { NoThrow = true },
        "Polls" when Arguments.IsEmpty => contract with { Polls = true },
        "Quiesce" when Arguments.IsEmpty => contract with { Quiesce = true },
        _ => Bind(member) is { } clause ? contract with { Clauses = contract.Clauses.Add(clause) } : null,
    };

    private bool? TruthOf(ISymbol member) => member is IPropertySymbol && Arguments.Length == 1 ? Outcome.Truth(Arguments[0]) : null;

    private Clause? Bind(ISymbol member)
    {
        if (!Enum.TryParse(Attribute, out ClauseKind kind))
            return null;
        bool mayFail = kind is ClauseKind.TryAcquires or ClauseKind.ReleasesWhen;
        Outcome? outcome = mayFail && !Arguments.IsEmpty && member is IMethodSymbol method ? Outcome.Parse(Arguments[0], method) : null;
        DevicePath?[] paths = Arguments.Skip(mayFail ? 1 : 0).Select(a => DevicePath.Bind(a.Trim('"'), member)).ToArray();
        return (mayFail && outcome is null) || paths.Any(p => p is null)
            ? null
            : new Clause(kind, paths.Select(p => p!).ToImmutableArray(), null, paths.Length > 0, outcome, Shared: false, Reentrant: false);
    }
}
