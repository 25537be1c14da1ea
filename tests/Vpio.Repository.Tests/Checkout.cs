namespace Vpio.Repository.Tests;

/// <summary>Is the tree that these tests were built from: the folder with <c>Vpio.sln</c> in it, without what a build leaves behind.</summary>
internal static class Checkout
{
    private static readonly string[] NotOurs = ["bin", "obj", "artifacts", "TestResults"];

    /// <summary>Gets the folder with the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Finds the files with an ending, by their paths from the root, with forward slashes, sorted.</summary>
    /// <param name="ending">How the names end; empty for all files.</param>
    public static IEnumerable<string> Files(string ending = "") =>
        Walk(Root)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => path.EndsWith(ending, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>Finds the folders at the top, but for those of tools, whose names begin with a dot.</summary>
    public static IEnumerable<string> TopFolders() =>
        Folders(Root).Select(path => Path.GetFileName(path)).Where(name => name[0] != '.');

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path)
    {
        string full = Path.Combine(Root, path);
        return File.Exists(full) || Directory.Exists(full);
    }

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Folders(folder).SelectMany(Walk));

    private static IEnumerable<string> Folders(string folder) =>
        Directory.EnumerateDirectories(folder).Where(path => IsOurs(Path.GetFileName(path)));

    private static bool IsOurs(string name) =>
        !NotOurs.Contains(name) && (name[0] != '.' || name == ".ci");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Vpio.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has a Vpio.sln; run these tests from a checkout.");
    }
}
