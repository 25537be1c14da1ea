using System.Reflection;

namespace Vpio.Abi.Description.Tests;

/// <summary>Finds files of the checkout that these tests were built from.</summary>
internal static class Tree
{
    private static readonly string Root = typeof(Tree).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Checkout").Value!;

    public static string PathOf(string path) => Path.GetFullPath(Path.Combine(Root, path));

    public static string Read(string path) => File.ReadAllText(PathOf(path));
}
