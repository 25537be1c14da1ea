namespace Vpio.Tool.Run;

/// <summary>Finds the place that a path leads to, through symbolic links of files and of directories.</summary>
internal static class RealPath
{
    /// <summary>Resolves a path.</summary>
    /// <param name="path">The path; what it names need not exist.</param>
    /// <returns>The absolute path without links, as far as it exists.</returns>
    internal static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        string place = Path.GetPathRoot(full)!;
        foreach (string part in full[place.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
            place = Follow(Path.Combine(place, part));
        return place;
    }

    private static string Follow(string place)
    {
        try
        {
            FileSystemInfo info = Directory.Exists(place) ? new DirectoryInfo(place) : new FileInfo(place);

            // The target may lie behind links of directories itself.
            return info.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Of(target.FullName) : place;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Who may not look there finds out when it opens the file, and is told then.
            return place;
        }
    }
}
