using System.Text.Json;
using System.Text.Json.Serialization;
using Vpio.Conformance;
using Vpio.Tool.Run;

namespace Vpio.Tool.Check;

/// <summary>Is the object that <c>vpio check --json</c> prints. Names and types are a promise: fields are added, never changed.</summary>
internal sealed record JsonCheckReport
{
    public required bool Ok { get; init; }

    public required IReadOnlyList<JsonOutcome> Outcomes { get; init; }

    /// <summary>Writes it.</summary>
    /// <param name="outcomes">The outcomes, case by case, for each kind.</param>
    internal static string Write(IReadOnlyDictionary<GuestKind, IReadOnlyList<CaseOutcome>> outcomes) => JsonSerializer.Serialize(
        new JsonCheckReport
        {
            Ok = outcomes.Values.All(kind => kind.All(each => each.Verdict != CaseVerdict.Failed)),
            Outcomes = [.. outcomes.SelectMany(kind => kind.Value.Select(each => new JsonOutcome(each.Case.Name, each.Case.Rule, GuestKinds.Name(kind.Key), each.Verdict.ToString(), each.Reason)))],
        },
        JsonCheckContext.Default.JsonCheckReport) + Environment.NewLine;

    /// <summary>Is the part about one case with guests of one kind.</summary>
    internal sealed record JsonOutcome(string Case, string Holds, string GuestKind, string Verdict, string? Reason);
}

/// <summary>Writes <see cref="JsonCheckReport"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(JsonCheckReport))]
internal sealed partial class JsonCheckContext : JsonSerializerContext;
