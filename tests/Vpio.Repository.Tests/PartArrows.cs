using ArchUnitNET.Domain;
using ArchUnitNET.Fluent;
using ArchUnitNET.Fluent.Syntax.Elements.Types;
using ArchUnitNET.Loader;
using static ArchUnitNET.Fluent.ArchRuleDefinition;
using Assembly = System.Reflection.Assembly;

namespace Vpio.Repository.Tests;

/// <summary>Keeps what types know of each other to the arrows between the <see cref="Part"/>s, as the compiled code shows it.</summary>
/// <remarks>A constant leaves no trace in compiled code, and so no arrow.</remarks>
internal static class PartArrows
{
    private static readonly string[] OutsideOfProtocol =
    [
        "System.IO.", "System.Net.", "System.Diagnostics.Stopwatch", "System.Diagnostics.Process", "System.Runtime.InteropServices.",
        "System.TimeProvider", "System.DateTime", "System.Environment", "System.Console", "System.Random", "System.Threading.Timer", "System.Threading.Tasks.",
    ];

    /// <summary>Loads what was compiled from a project, with the types that it mentions.</summary>
    public static Architecture Load(Assembly assembly) => new ArchLoader().LoadAssemblies(assembly).Build();

    // The library keeps what a predicate found under the predicate's description: each has one of its own.

    /// <summary>Makes the rule that a part knows only what it may.</summary>
    public static IArchRule KnowsOnlyWhatItMay(Part part) =>
        TypesOf(part).Should().NotDependOnAny(
            Types(includeReferenced: true).That().FollowCustomPredicate(type => !part.MayUse(type.Namespace.FullName), $"are of parts that {part} may not know"));

    /// <summary>Makes the rule that a part is pure protocol: it reads no clock, waits for nobody, and has no files, sockets, native calls or chance.</summary>
    public static IArchRule IsPureProtocol(Part part) =>
        TypesOf(part).Should().NotDependOnAny(
            Types(includeReferenced: true).That().FollowCustomPredicate(
                type => Array.Exists(OutsideOfProtocol, name => type.FullName.StartsWith(name, StringComparison.Ordinal)), "are a clock, input or output"));

    /// <summary>Finds the types that break a rule.</summary>
    /// <returns>Each with what it does.</returns>
    public static IEnumerable<string> Breaches(IArchRule rule, Architecture architecture) =>
        rule.Evaluate(architecture).Where(result => !result.Passed).Select(result => result.Description);

    private static GivenTypesConjunction TypesOf(Part part) =>
        Types().That().FollowCustomPredicate(type => Part.Of(type.Namespace.FullName) == part, $"are of {part}");
}
