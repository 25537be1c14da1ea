using System.Diagnostics;

namespace Vpio.Tool.Tests.Process;

/// <summary>Finds and signals the processes that a run has started.</summary>
internal static class ChildProcesses
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Waits until a process has children, and finds them.</summary>
    internal static int[] Await(int parent, int count)
    {
        int[] children = [];
        Assert.That(SpinWait.SpinUntil(() => (children = [.. Of(parent)]).Length >= count, Limit), Is.True, $"{parent} has {children.Length} children.");
        return children;
    }

    /// <summary>Tells whether a process runs; one that has ended and that nobody took note of does not.</summary>
    internal static bool Lives(int id) => StatusOf($"/proc/{id}") is [{ } state, ..] && state is not ("Z" or "X");

    internal static void Signal(string signal, int id)
    {
        using System.Diagnostics.Process kill = System.Diagnostics.Process.Start(new ProcessStartInfo("kill", ["-s", signal, $"{id}"]))!;
        kill.WaitForExit();
        Assert.That(kill.ExitCode, Is.Zero);
    }

    private static IEnumerable<int> Of(int parent)
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out int id) && ParentOf(folder) == parent)
                yield return id;
        }
    }

    private static int ParentOf(string folder) => StatusOf(folder) is [_, { } parent, ..] ? int.Parse(parent) : -1;

    // After the name, which may hold anything but ends with the last parenthesis: state, parent, and more.
    private static string[] StatusOf(string folder)
    {
        try
        {
            string status = File.ReadAllText(Path.Combine(folder, "stat"));
            return status[(status.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return []; // It has just ended.
        }
    }
}
