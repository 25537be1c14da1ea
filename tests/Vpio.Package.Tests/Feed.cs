using System.Reflection;

namespace Vpio.Package.Tests;

/// <summary>Is a folder with the packages of this tree, made from a copy of its sources, and all that is needed to use them as somebody else would.</summary>
internal sealed class Feed : IDisposable
{
    private static readonly string[] Packed = ["abi/Vpio.Abi", "guest-driver/Vpio.GuestDriver", "guest-driver/Vpio.Templates", "hypervisor/Vpio.Hypervisor", "hypervisor/Vpio.Conformance", "hypervisor/Vpio.Tool"];

    private static readonly string[] Left = ["bin", "obj", ".git", "artifacts", "TestResults"];

    private readonly string _root = Directory.CreateTempSubdirectory("vpio-packages-").FullName;

    public Feed()
    {
        Source = Path.Combine(_root, "source");
        Packages = Path.Combine(_root, "feed");
        Home = Path.Combine(_root, "home");
        Dotnet = WithCleanCache("cache");
        string checkout = typeof(Feed).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(each => each.Key == "Checkout").Value!;
        Copy(new DirectoryInfo(checkout), Source);
        Directory.CreateDirectory(Packages);
        File.WriteAllText(Path.Combine(_root, "NuGet.config"), Configuration());
        Dotnet.Run(Source, "git", "init", "-q");
        Dotnet.Run(Source, "git", "add", "-A");
        Dotnet.Run(Source, "git", "-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "-qm", "Packed");
        Dotnet.Run(Source, "git", "remote", "add", "origin", "https://github.com/example/vpio.git");
        foreach (string project in Packed)
            Dotnet.Run(Source, "dotnet", "pack", project, "-c", "Release", "-o", Packages, "-p:ContinuousIntegrationBuild=true");
    }

    public string Source { get; }

    public string Packages { get; }

    /// <summary>Gets the home of the user who runs the commands.</summary>
    public string Home { get; }

    /// <summary>Gets the user who runs the commands, with the packages that earlier ones have restored.</summary>
    public Dotnet Dotnet { get; }

    /// <summary>Gives the same user with a package cache in which there is nothing yet.</summary>
    public Dotnet WithCleanCache(string name) => new(Path.Combine(_root, name), Home);

    /// <summary>Makes an empty folder that sees the feed.</summary>
    public string NewFolder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    // What is not ours comes from what this machine has restored already, else from where it came from.
    private string Configuration()
    {
        string restored = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="ours" value="{Packages}" />
                <add key="restored" value="{restored}" />
                <add key="nuget.org" value="https://api.nuget.org/v3/index.json" />
              </packageSources>
              <packageSourceMapping>
                <packageSource key="ours"><package pattern="Vpio.*" /></packageSource>
                <packageSource key="restored"><package pattern="*" /></packageSource>
                <packageSource key="nuget.org"><package pattern="*" /></packageSource>
              </packageSourceMapping>
            </configuration>
            """;
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (FileInfo file in from.EnumerateFiles())
            file.CopyTo(Path.Combine(to, file.Name));
        foreach (DirectoryInfo folder in from.EnumerateDirectories().Where(folder => !Left.Contains(folder.Name)))
            Copy(folder, Path.Combine(to, folder.Name));
    }
}
