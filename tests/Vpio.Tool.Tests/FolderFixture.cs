namespace Vpio.Tool.Tests;

/// <summary>Gives each test an empty folder, which is gone with all that is in it afterwards.</summary>
internal abstract class FolderFixture
{
    protected string Folder { get; private set; } = string.Empty;

    [SetUp]
    public void MakeFolder() => Folder = Directory.CreateTempSubdirectory("vpio-test-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Folder, recursive: true);
}
