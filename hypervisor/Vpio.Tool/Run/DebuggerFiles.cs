namespace Vpio.Tool.Run;

/// <summary>Are the files by which debuggers find this process: the runtime makes them as it starts and removes them when the process ends of its own accord.</summary>
/// <remarks>
/// A process that is killed would leave them behind. The runtime can be told to make none by its environment only, and then it has begun.
/// </remarks>
internal static class DebuggerFiles
{
    private const string Switch = "DOTNET_EnableDiagnostics";

    /// <summary>Removes them now, unless the environment asks for them. Nobody attaches a debugger afterwards.</summary>
    internal static void Remove()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable(Switch) == "1")
            return;
        int id = Environment.ProcessId;
        foreach (string pattern in new[] { $"dotnet-diagnostic-{id}-*-socket", $"clr-debug-pipe-{id}-*" })
        {
            foreach (string file in Directory.EnumerateFiles(Path.GetTempPath(), pattern))
                TryDelete(file);
        }
    }

    private static void TryDelete(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception refusal) when (refusal is IOException or UnauthorizedAccessException)
        {
            // It is of a former process with this number, and another user's.
        }
    }
}
