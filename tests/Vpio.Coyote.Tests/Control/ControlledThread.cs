using SystemThread = System.Threading.Thread;

namespace Vpio.Coyote.Tests.Control;

/// <summary>Is a thread that keeps the name that Coyote gave it, in place of <see cref="SystemThread"/>: Coyote knows its threads by their names, and what ships names its own.</summary>
internal sealed class ControlledThread
{
    [ThreadStatic]
    private static ControlledThread? _current;

    private readonly SystemThread _thread;

    public ControlledThread(ThreadStart start) => _thread = new SystemThread(() =>
    {
        _current = this;
        start();
    });

    public ControlledThread(ThreadStart start, int stackBytes)
        : this(start) => _ = stackBytes; // Coyote runs it on a thread of its own choice.

    public static ControlledThread? CurrentThread => _current;

    public bool IsBackground { get; set; }

    public string? Name { get; set; }

    public ThreadPriority Priority { get; set; }

    public static bool Yield() => SystemThread.Yield();

    public static void SpinWait(int iterations) => SystemThread.SpinWait(iterations);

    public static void Sleep(int milliseconds) => SystemThread.Sleep(milliseconds);

    public void Start() => _thread.Start();

    public void Join() => _thread.Join();
}
