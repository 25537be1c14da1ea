namespace Vpio.Coyote.Tests.Control;

/// <summary>Runs the parts of a scenario at once, each on a thread that Coyote controls.</summary>
internal static class Threads
{
    /// <summary>Runs all parts, and returns when all have ended.</summary>
    /// <remarks>A part that is through waits for the others: Coyote finds a deadlock at once when the last thread pauses, and late when it ends.</remarks>
    public static void Run(params Action[] parts)
    {
        object gate = new();
        int left = parts.Length;
        Thread[] threads = [.. parts.Select(part => new Thread(() =>
        {
            part();
            lock (gate)
            {
                if (--left == 0)
                    Monitor.PulseAll(gate);
                while (left > 0)
                    Monitor.Wait(gate);
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
    }
}
