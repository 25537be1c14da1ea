using System.Reflection;

namespace Vpio.Fuzz.Tests;

/// <summary>Finds the inputs that are kept in the tree.</summary>
internal static class Inputs
{
    private static readonly string Root =
        typeof(Inputs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Checkout").Value!;

    /// <summary>Reads what a fuzzer found to lead somewhere new.</summary>
    /// <param name="target">The target.</param>
    public static IReadOnlyList<byte[]> Corpus(string target) => [.. Files("Corpus", target).Select(File.ReadAllBytes)];

    /// <summary>Finds all files of a target, those that once broke something among them.</summary>
    /// <param name="target">The target.</param>
    public static IEnumerable<string> All(string target) => Files("Corpus", target).Concat(Files("Crashes", target));

    private static IEnumerable<string> Files(string kind, string target)
    {
        string folder = Path.Combine(Root, "tests", "Vpio.Fuzz", kind, target);
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal) : [];
    }
}
