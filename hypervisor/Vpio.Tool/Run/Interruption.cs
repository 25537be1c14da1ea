using System.Runtime.InteropServices;

namespace Vpio.Tool.Run;

/// <summary>Catches the first SIGINT (Ctrl-C) or SIGTERM, so that the run ends its guests and says what was done; a second one kills as usual.</summary>
/// <remarks>Threads: any.</remarks>
internal sealed class Interruption : IDisposable
{
    private readonly ManualResetEventSlim _raised = new();
    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _exitCode;

    /// <summary>Begins to catch the signals.</summary>
    internal Interruption()
    {
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Raise(context, Run.ExitCode.Interrupted)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Raise(context, Run.ExitCode.Terminated)));
        _registrations.Add(PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => Raise(context, Run.ExitCode.HungUp)));
    }

    /// <summary>Gets the exit code of the signal that came; null when none did.</summary>
    internal int? ExitCode => _raised.IsSet ? Volatile.Read(ref _exitCode) : null;

    /// <summary>Waits for a signal.</summary>
    /// <param name="timeout">The most to wait.</param>
    /// <returns>Whether one came, now or before.</returns>
    internal bool Wait(TimeSpan timeout) => _raised.Wait(timeout);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _raised.Dispose();
    }

    private void Raise(PosixSignalContext context, int exitCode)
    {
        // The exchange lets one signal win; who asks twice wants it to end at once, and gets the default.
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0)
            return;
        context.Cancel = true;
        _raised.Set();
    }
}
