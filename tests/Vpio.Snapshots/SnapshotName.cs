using System.Globalization;
using NUnit.Framework;

namespace VerifyTests;

/// <summary>Names the files of a snapshot: <c>Class.Method_parameter=value</c>, beside the test's source.</summary>
internal static class SnapshotName
{
    private static readonly HashSet<char> Illegal = [.. "\"<>|:*?\\/", .. Enumerable.Range(0, 32).Select(code => (char)code)];

    /// <summary>Gets the path up to <c>.verified</c>.</summary>
    public static string PathOf(VerifySettings settings, string sourceFile)
    {
        string folder = Path.GetDirectoryName(sourceFile)!;
        if (settings.Directory is { } directory)
            folder = Path.GetFullPath(Path.Combine(folder, directory));
        return Path.Combine(folder, Legal(settings.FileName ?? OfTest(settings)));
    }

    private static string OfTest(VerifySettings settings)
    {
        TestContext.TestAdapter test = TestContext.CurrentContext.Test;
        string type = settings.TypeName ?? WithoutNamespace(test);
        return $"{type}.{settings.MethodName ?? test.MethodName}{Parameters(settings, test)}";
    }

    private static string WithoutNamespace(TestContext.TestAdapter test)
    {
        Type type = test.Type ?? throw new InvalidOperationException("A snapshot is verified within a test.");
        return type.FullName![(type.Namespace is { Length: > 0 } name ? name.Length + 1 : 0)..].Replace('+', '.');
    }

    private static string Parameters(VerifySettings settings, TestContext.TestAdapter test)
    {
        object?[] values = settings.Parameters ?? test.Arguments;
        var names = test.MethodInfo?.GetParameters() ?? [];
        return string.Concat(values.Zip(names, (value, parameter) => $"_{parameter.Name}={Text(value)}"));
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "True" : "False",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "null",
    };

    private static string Legal(string name) => string.Concat(name.Select(letter => Illegal.Contains(letter) ? '-' : letter));
}
