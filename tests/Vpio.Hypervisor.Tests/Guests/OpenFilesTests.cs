using Vpio.Protocol.Tests;

namespace Vpio.Hypervisor.Tests.Guests;

/// <summary>Holds how many memory files are open: guests and devices may come and go without end, and a process may have so many files and no more.</summary>
[TestFixture]
[Platform(Include = "Linux", Reason = "The files that are open are counted under /proc.")]
internal sealed class OpenFilesTests
{
    private const int Guests = 20;
    private const int FilesOfAGuest = 2; // Its page and its memory, which another process may map.

    private static int OpenFiles => Directory.EnumerateFiles("/proc/self/fd").Count(IsMemoryFile);

    [SetUp]
    public void CloseWhatOtherTestsLeft()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    [Test]
    public void GuestsThatAreGoneKeepNoFileOpenThoughTheirPagesStay()
    {
        using World world = new(guests: 0);
        int before = OpenFiles;
        RawGuest[] guests = [.. Enumerable.Range(0, Guests).Select(_ => world.AddGuest())];
        Assert.That(OpenFiles - before, Is.EqualTo(Guests * FilesOfAGuest), "a register window needs none");

        foreach (RawGuest guest in guests)
            world.Hypervisor.RemoveGuest(guest.Guest);
        Assert.That(OpenFiles, Is.EqualTo(before));
        Assert.That(guests.Select(guest => guest.Port.GuestPage.Header.DomainId), Is.EqualTo(guests.Select(guest => guest.Id.Value)));
    }

    [Test]
    public void AHypervisorThatIsGoneKeepsNoneOpen()
    {
        int before = OpenFiles;
        World world = new(Guests);
        world.Dispose();
        Assert.That(OpenFiles, Is.EqualTo(before));
        GC.KeepAlive(world);
    }

    private static bool IsMemoryFile(string path) =>
        new FileInfo(path).LinkTarget is { } target && (target.Contains("memfd:", StringComparison.Ordinal) || target.Contains("(deleted)", StringComparison.Ordinal));
}
