using Vpio.AssembledGuests;
using Vpio.Hypervisor;
using Vpio.Hypervisor.Guests;

namespace Vpio.Tool.Run;

/// <summary>Finds the programs that the guests of a run are, where they are processes or virtual machines.</summary>
internal sealed class GuestPrograms
{
    // Neither the runtime's sockets for debuggers nor its second compilation is worth it for a process that lives for seconds.
    private static readonly Dictionary<string, string> Environment = new() { ["DOTNET_EnableDiagnostics"] = "0", ["DOTNET_TieredPGO"] = "0" };

    private readonly Dictionary<GuestKind, Func<ReferenceHypervisor, Guest>> _ways = new() { [GuestKind.InProcess] = hypervisor => hypervisor.AddGuest() };

    /// <summary>Finds the programs of the kinds that a command line asks for.</summary>
    /// <param name="options">The command line.</param>
    /// <exception cref="UsageException">There is no such program, or no guest can be of the kind on this system.</exception>
    internal GuestPrograms(RunOptions options)
    {
        foreach (GuestKind kind in options.Kinds.List.Distinct().Where(kind => kind != GuestKind.InProcess))
            _ways.Add(kind, kind is GuestKind.Kvm or GuestKind.KvmAsm ? Machine(kind, options) : Process(kind, options));
    }

    /// <summary>Adds a guest to a hypervisor.</summary>
    /// <param name="kind">Its kind, one of those that the command line asks for.</param>
    /// <param name="hypervisor">The hypervisor.</param>
    /// <returns>The guest.</returns>
    internal Guest Add(GuestKind kind, ReferenceHypervisor hypervisor) => _ways[kind](hypervisor);

    /// <summary>Finds the program of guests in virtual machines. Those that there are do the same.</summary>
    /// <param name="kind">The kind of the guests.</param>
    /// <param name="inC">The program in C.</param>
    /// <returns>The image.</returns>
    internal static byte[] Image(GuestKind kind, CProgram inC) =>
        kind == GuestKind.Kvm && inC.TryBuild() is { } path ? File.ReadAllBytes(path) : AssembledJobGuest.Image.ToArray();

    /// <summary>Tells how this tool is started as a guest.</summary>
    /// <exception cref="UsageException">The system does not say what runs here.</exception>
    internal static GuestCommand ThisTool()
    {
        string running = System.Environment.ProcessPath ?? throw new UsageException("This system does not say what program runs; use --guest-kind inprocess.");
        bool isDotnet = Path.GetFileNameWithoutExtension(running) == "dotnet";
        return new GuestCommand(running, isDotnet ? [typeof(GuestPrograms).Assembly.Location, GuestApplication.Command] : [GuestApplication.Command]) { Environment = Environment };
    }

    /// <summary>Makes sure that guests of a kind can be virtual machines here.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="kvmDescriptor">An inherited descriptor of KVM; null: it is opened by name.</param>
    /// <exception cref="UsageException">They cannot.</exception>
    internal static void DemandKvm(GuestKind kind, int? kvmDescriptor)
    {
        if (KvmSupport.WhyNot(kvmDescriptor) is { } reason)
            throw new UsageException($"--guest-kind {GuestKinds.Name(kind)}: {reason}; or use --guest-kind process.");
    }

    private static Func<ReferenceHypervisor, Guest> Machine(GuestKind kind, RunOptions options)
    {
        DemandKvm(kind, options.KvmDescriptor);
        GuestImage image = new(Image(kind, CProgram.Machine)) { StrayAccess = options.StrayAccess };
        return hypervisor => hypervisor.AddGuest(image);
    }

    private static Func<ReferenceHypervisor, Guest> Process(GuestKind kind, RunOptions options)
    {
        if (!OperatingSystem.IsLinux() || !System.Environment.Is64BitProcess)
            throw new UsageException($"--guest-kind {GuestKinds.Name(kind)} needs a 64-bit Linux; use --guest-kind inprocess.");
        GuestCommand command = kind == GuestKind.C ? Named(CProgram.Guest.Build()) : Find(options.GuestProgram);
        return hypervisor => hypervisor.AddGuest(command);
    }

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
}
