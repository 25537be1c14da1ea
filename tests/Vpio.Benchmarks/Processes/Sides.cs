using System.Diagnostics;
using Vpio.Hypervisor.Scheduling;
using Vpio.Tool.Bench;

namespace Vpio.Benchmarks.Processes;

/// <summary>Says where the two sides of a benchmark run. Left to the system they are put together or apart as chance has it, and figures differ by ten times.</summary>
internal sealed class Sides
{
    private static readonly int[] Permitted = Placement.FindPermitted();

    private readonly int[] _here;

    private Sides(string name, int[] here, int[] there) => (Name, _here, There) = (name, here, there);

    /// <summary>Gets each side on a processor of its own.</summary>
    public static Sides Apart { get; } = new("each side on a processor of its own", Permitted[^1..], Permitted[..1]);

    /// <summary>Gets both on one processor.</summary>
    public static Sides Together { get; } = new("both sides on one processor", Permitted[^1..], Permitted[^1..]);

    /// <summary>Gets which there are on this machine.</summary>
    public static IReadOnlyList<Sides> All { get; } = Permitted.Length > 1 ? [Apart, Together] : [Together];

    /// <summary>Gets its name.</summary>
    public string Name { get; }

    /// <summary>Gets the numbers of the processors of the other side.</summary>
    public int[] There { get; }

    /// <summary>Runs one side of a benchmark on its processor, with all threads that it makes. On the first thread of the process, whose affinity the runtime gives to each that it makes.</summary>
    /// <param name="side">The side.</param>
    public void RunHere(Action side)
    {
        HardAffinity.Keep(_here);
        try
        {
            side();
        }
        finally
        {
            HardAffinity.Keep(Permitted);
        }
    }

    /// <summary>Keeps the calling thread, the other side, to its processor.</summary>
    public void KeepThere() => HardAffinity.Keep(There);

    /// <summary>Keeps the first thread of a process, the other side, to its processor.</summary>
    /// <param name="processId">The process.</param>
    public void PutThere(int processId)
    {
        if (!OperatingSystem.IsLinux())
            return;
        using Process process = Process.GetProcessById(processId);
        process.ProcessorAffinity = (nint)(1L << There[0]);
    }
}
