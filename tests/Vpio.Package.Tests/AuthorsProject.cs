namespace Vpio.Package.Tests;

/// <summary>Is a project in an empty folder, made by the commands that its author types.</summary>
internal sealed class AuthorsProject
{
    private readonly Dotnet _dotnet;

    private AuthorsProject(Dotnet dotnet, string folder) => (_dotnet, Folder) = (dotnet, folder);

    /// <summary>Gets where it is.</summary>
    public string Folder { get; }

    /// <summary>Makes a project.</summary>
    /// <param name="name">The folder's name, which the project gets too.</param>
    /// <param name="template">What follows <c>dotnet new</c>.</param>
    /// <param name="packages">The packages that are added, in turn.</param>
    public static AuthorsProject New(string name, string[] template, params string[] packages)
    {
        Feed feed = PackedTree.Feed;
        AuthorsProject project = new(feed.Dotnet, feed.NewFolder(name));
        project._dotnet.Run(project.Folder, "dotnet", ["new", .. template, "--no-restore"]);
        foreach (string package in packages)
            project._dotnet.Run(project.Folder, "dotnet", "add", "package", package);
        return project;
    }

    /// <summary>Writes a file.</summary>
    public void Write(string file, string text) => File.WriteAllText(Path.Combine(Folder, file), text);

    /// <summary>Reads a file.</summary>
    public string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>Builds it.</summary>
    /// <param name="arguments">What else follows <c>dotnet build</c>.</param>
    /// <returns>Whether it succeeded, and what it reported.</returns>
    public (bool Succeeded, Report[] Reports) Build(params string[] arguments)
    {
        // Nothing is written that tells that it is up to date: each build compiles, and says what it has to say.
        (int code, string said) = _dotnet.Try(Folder, "dotnet", ["build", "--no-incremental", .. arguments]);
        Report[] reports = Report.In(said);
        Assert.That(code == 0 || reports.Any(report => report.Level == "error"), $"The build failed, and no error of the code is the reason.\n{said}");
        return (code == 0, reports);
    }

    /// <summary>Applies the fixes that come with the packages, as an author does from a command line.</summary>
    public void Fix(params string[] ids) =>
        _dotnet.Run(Folder, "dotnet", ["format", "analyzers", "--no-restore", "--severity", "info", "--diagnostics", .. ids]);

    /// <summary>Runs it.</summary>
    /// <returns>What it printed, line by line.</returns>
    public string[] Run() => _dotnet.Run(Folder, "dotnet", "run").ReplaceLineEndings("\n").TrimEnd().Split('\n');
}
