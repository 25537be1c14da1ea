using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Vpio.Repository.Tests;

/// <summary>Judges the lists of public members of the packages, as far as their analyzer does not: that they are there, and that a release has moved its lines.</summary>
internal static partial class PublicApiLists
{
    private const string Header = "#nullable enable";

    /// <summary>Tells whether others compile against a project's package, as <c>Directory.Build.targets</c> does.</summary>
    /// <param name="xml">The project file.</param>
    public static bool IsLibraryPackage(string xml)
    {
        XDocument project = XDocument.Parse(xml);
        return Says(project, "IsPackable") == "true" && Says(project, "PackAsTool") != "true" && Says(project, "PackageType") is null;
    }

    /// <summary>Finds what is wrong with the lists of a package.</summary>
    /// <param name="changelog">The change log, whose headings say what was released.</param>
    /// <param name="shipped">The members of released versions; <see langword="null"/> when the list is missing.</param>
    /// <param name="unshipped">What came since; <see langword="null"/> when the list is missing.</param>
    public static IEnumerable<string> Faults(string changelog, string? shipped, string? unshipped)
    {
        bool[] released = [.. Versions().Matches(changelog).Select(version => !version.Groups["open"].Success)];
        if (shipped?.StartsWith(Header, StringComparison.Ordinal) != true || unshipped?.StartsWith(Header, StringComparison.Ordinal) != true)
            yield return $"PublicAPI.Shipped.txt and PublicAPI.Unshipped.txt must be there and begin with {Header}.";
        if (!Array.Exists(released, each => each) && HasMembers(shipped))
            yield return "No version was released, so no member has shipped: PublicAPI.Unshipped.txt is the place.";
        if (released is [true, ..] && HasMembers(unshipped))
            yield return "The newest version of CHANGELOG.md is released: move its members to PublicAPI.Shipped.txt.";
    }

    private static bool HasMembers(string? list) => list is not null && list.Split('\n').Any(line => line.Trim() is not ("" or Header));

    private static string? Says(XDocument project, string property) => project.Descendants(property).LastOrDefault()?.Value;

    [GeneratedRegex(@"^## \d[^\s]*(?<open> \(unreleased\))?\s*$", RegexOptions.Multiline)]
    private static partial Regex Versions();
}
