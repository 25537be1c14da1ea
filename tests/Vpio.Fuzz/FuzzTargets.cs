using Vpio.Fuzz.Door;
using Vpio.Fuzz.Job;
using Vpio.Fuzz.Rings;

namespace Vpio.Fuzz;

/// <summary>Lists the targets, and makes one when it is wanted: instrumented code must not run before the fuzzer says so.</summary>
internal static class FuzzTargets
{
    /// <summary>Gets the names of all of them.</summary>
    public static IReadOnlyList<string> Names { get; } = ["door", "rings", "job"];

    /// <summary>Makes one.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The target.</returns>
    public static IFuzzTarget Make(string name) => name switch
    {
        "door" => new DoorTarget(),
        "rings" => new RingsTarget(),
        "job" => new JobTarget(),
        _ => throw new ArgumentException($"There are the targets {string.Join(", ", Names)}; {name} is none of them.", nameof(name)),
    };
}
