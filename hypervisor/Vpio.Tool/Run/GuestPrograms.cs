using Vpio.Hypervisor.Guests;

namespace Vpio.Tool.Run;

/// <summary>Finds the programs that the guests of a run are, where they are processes.</summary>
internal sealed class GuestPrograms
{
    // Neither the runtime's sockets for debuggers nor its second compilation is worth it for a process that lives for seconds.
    private static readonly Dictionary<string, string> Environment = new() { ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_TieredPGO"] = "0" };

    private readonly Dictionary<GuestKind, GuestCommand> _commands = [];

    /// <summary>Finds the programs of the kinds that a command line asks for.</summary>
    /// <param name="options">The command line.</param>
    /// <exception cref="UsageException">There is no such program, or no process can be a guest on this system.</exception>
    internal GuestPrograms(RunOptions options)
    {
        foreach (GuestKind kind in options.Kinds.List.Distinct().Where(kind => kind != GuestKind.InProcess))
        {
            if (!OperatingSystem.IsLinux() || !System.Environment.Is64BitProcess)
                throw new UsageException($"--guest-kind {GuestKinds.Name(kind)} needs a 64-bit Linux; use --guest-kind inprocess.");
            _commands.Add(kind, kind == GuestKind.C ? Named(CProgram.Guest.Build()) : Find(options.GuestProgram));
        }
    }

    /// <summary>Tells what a guest runs.</summary>
    /// <param name="kind">Its kind.</param>
    /// <returns>The command; null for a guest in process.</returns>
    internal GuestCommand? CommandOf(GuestKind kind) => _commands.GetValueOrDefault(kind);

    private static GuestCommand Find(string? program)
    {
        if (program is null)
            return ThisTool();
        string path = Path.GetFullPath(program);
        return File.Exists(path)
            ? Named(path)
            : throw new UsageException($"--guest-program {program} does not exist; name the file of a program.");
    }

    private static GuestCommand Named(string path) => new(path, []) { Environment = Environment };

    private static GuestCommand ThisTool()
    {
        string running = System.Environment.ProcessPath ?? throw new UsageException("This system does not say what program runs; use --guest-kind inprocess.");
        bool isDotnet = Path.GetFileNameWithoutExtension(running) == "dotnet";
        return new GuestCommand(running, isDotnet ? [typeof(GuestPrograms).Assembly.Location, GuestApplication.Command] : [GuestApplication.Command]) { Environment = Environment };
    }
}
