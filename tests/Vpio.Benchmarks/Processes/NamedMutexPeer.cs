using System.Diagnostics;

namespace Vpio.Benchmarks.Processes;

/// <summary>Is a process that hands a turn back by named mutexes: three of them, of which each side always holds one, so that who wants the next waits for the other side.</summary>
internal sealed class NamedMutexPeer : IDisposable
{
    /// <summary>The argument by which the program is started so.</summary>
    public const string Name = "mutex-side";

    private const int Mutexes = 3;

    private readonly string _name = $"vpio-benchmark-{Environment.ProcessId}";
    private readonly Mutex[] _mutexes;
    private readonly Process _process;
    private int _held;

    public NamedMutexPeer(Sides sides)
    {
        _mutexes = Open(_name);
        _mutexes[0].WaitOne();
        _process = Process.Start("dotnet", [typeof(NamedMutexPeer).Assembly.Location, Name, _name]);
        sides.PutThere(_process.Id);

        // Once the other side holds the last, both go round.
        while (_mutexes[2].WaitOne(0))
        {
            _mutexes[2].ReleaseMutex();
            Thread.Sleep(1);
        }
    }

    /// <summary>Is the process: goes round until the other side has left.</summary>
    public static int Run(string name)
    {
        Mutex[] mutexes = Open(name);
        mutexes[2].WaitOne();
        for (int held = 2; ; held = (held + 1) % Mutexes)
        {
            try
            {
                mutexes[(held + 1) % Mutexes].WaitOne();
            }
            catch (AbandonedMutexException)
            {
                return 0;
            }

            mutexes[held].ReleaseMutex();
        }
    }

    /// <summary>Measures round trips.</summary>
    /// <returns>How long each took, nanoseconds.</returns>
    public double Measure(int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < count; i++)
        {
            int next = (_held + 1) % Mutexes;
            _mutexes[next].WaitOne();
            _mutexes[_held].ReleaseMutex();
            _held = next;
        }

        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / count;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        foreach (Mutex mutex in _mutexes)
            mutex.Dispose();
    }

    private static Mutex[] Open(string name) => [.. Enumerable.Range(0, Mutexes).Select(i => new Mutex(initiallyOwned: false, $"{name}-{i}"))];
}
