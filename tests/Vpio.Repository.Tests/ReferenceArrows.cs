using System.Xml.Linq;

namespace Vpio.Repository.Tests;

/// <summary>Keeps the references between projects pointing one way: abi ← hypervisor, abi ← guest-driver; only the tool and the tests join the two.</summary>
internal static class ReferenceArrows
{
    private static readonly Dictionary<string, string[]> MayReference = new()
    {
        ["Vpio.Abi"] = [],
        ["Vpio.Abi.Description"] = ["Vpio.Abi"],
        ["Vpio.Analyzers"] = [],
        ["Vpio.Analyzers.CodeFixes"] = ["Vpio.Analyzers"],
        ["Vpio.Hypervisor"] = ["Vpio.Abi"],
        ["Vpio.GuestDriver"] = ["Vpio.Abi"],
        ["Vpio.Jobs"] = [],
        ["Vpio.AssembledGuests"] = ["Vpio.Abi", "Vpio.Jobs"],
        ["Vpio.Conformance"] = ["Vpio.Abi"],
        ["Vpio.Simulation"] = ["Vpio.Abi", "Vpio.Hypervisor"],
        ["Vpio.Templates"] = [],
        ["Vpio.Driver1"] = [], // What the template unfolds to. It is built from packages.
        ["Vpio.Tool"] = ["Vpio.Abi", "Vpio.Abi.Description", "Vpio.Hypervisor", "Vpio.GuestDriver", "Vpio.AssembledGuests", "Vpio.Jobs", "Vpio.Conformance", "Vpio.Simulation"],
    };

    // What is embedded in others must not bring packages along. Vpio.Abi needs one where the framework lacks it.
    private static readonly Dictionary<string, string[]> MayUsePackages = new()
    {
        ["Vpio.Abi"] = ["System.Runtime.CompilerServices.Unsafe"],
        ["Vpio.Hypervisor"] = [],
        ["Vpio.GuestDriver"] = [],
    };

    // A sample is what a reader writes who has both packages.
    private static readonly string[] SamplesMayReference = ["Vpio.Abi", "Vpio.GuestDriver", "Vpio.Hypervisor"];

    /// <summary>Gets the projects that are embedded in others, whose assemblies are looked at too.</summary>
    public static IEnumerable<string> Embedded => MayUsePackages.Keys;

    /// <summary>Finds the references of a project file that point the wrong way.</summary>
    /// <param name="path">The project file.</param>
    /// <param name="xml">What it says.</param>
    public static IEnumerable<string> Wrong(string path, string xml)
    {
        string project = Path.GetFileNameWithoutExtension(path);
        if (path.StartsWith("tests/", StringComparison.Ordinal))
            return [];
        XDocument file = XDocument.Parse(xml);

        // What a compiler runs over a project is not referenced by what it makes.
        file.Descendants("ProjectReference").Where(each => (string?)each.Attribute("OutputItemType") == "Analyzer").Remove();
        IEnumerable<string> projects = Includes(file, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')));
        IEnumerable<string> packages = MayUsePackages.TryGetValue(project, out string[]? allowed)
            ? Includes(file, "PackageReference").Except(allowed).Select(package => $"{path} must not use the package {package}.")
            : [];
        return WrongProjects(project, projects, path.StartsWith("guest-driver/samples/", StringComparison.Ordinal) ? SamplesMayReference : null).Concat(packages);
    }

    /// <summary>Finds the assemblies of ours that a project must not reference.</summary>
    public static IEnumerable<string> WrongProjects(string project, IEnumerable<string> references) => WrongProjects(project, references, allowed: null);

    private static IEnumerable<string> WrongProjects(string project, IEnumerable<string> references, string[]? allowed)
    {
        allowed ??= MayReference.GetValueOrDefault(project);
        if (allowed is null)
            return [$"{project} is a new project: say in {nameof(ReferenceArrows)} what it may reference."];
        return references
            .Where(reference => reference.StartsWith("Vpio.", StringComparison.Ordinal) && !allowed.Contains(reference))
            .Select(reference => $"{project} must not reference {reference}.");
    }

    private static IEnumerable<string> Includes(XDocument file, string element) =>
        file.Descendants(element).Select(each => (string?)each.Attribute("Include") ?? "");
}
